"use strict";
// Counts the letters of the short answer for each channel.
(function () {
  var X_LINK_LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

  function weightOnX(text) {
    return Array.from(text).reduce(function (sum, letter) {
      var code = letter.codePointAt(0);
      var light = X_LINK_LIGHT.some(function (span) { return code >= span[0] && code <= span[1]; });
      return sum + (light ? 1 : 2);
    }, 0);
  }

  function lengthFor(channel, text) {
    if (channel === "x") { return weightOnX(text); }
    if (channel === "instagram") { return new TextEncoder().encode(text).length; }
    return Array.from(text).length;
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-counter-for]"), function (list) {
    var field = document.getElementById(list.dataset.counterFor);
    function count() {
      var text = field.value.trim();
      Array.prototype.forEach.call(list.children, function (item) {
        var length = lengthFor(item.dataset.channel, text);
        var limit = Number(item.dataset.limit);
        item.querySelector("span").textContent = String(length);
        item.classList.toggle("is-over", limit > 0 && length > limit);
      });
    }
    field.addEventListener("input", count);
    count();
  });
})();
