"use strict";
// While the card has the focus a single letter judges; it works without.
(function () {
  var card = document.querySelector("[data-keys]");
  if (!card) { return; }
  card.focus({ preventScroll: true });
  card.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input")) { return; }
    var button = card.querySelector('[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (button) { event.preventDefault(); button.click(); }
  });
})();
