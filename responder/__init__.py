"""What to reply: deciding, delivering, handing over."""
