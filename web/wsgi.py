"""The application for a WSGI server; the site is $JAWAB_SITE, else the present folder."""

from web.app import create_app
from web.logs import set_up_logs
from web.settings import find_site, load_settings

settings = load_settings(find_site(None))
set_up_logs(settings.log)
app = create_app(settings)
