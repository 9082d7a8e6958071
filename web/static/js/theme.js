"use strict";
// Runs before the page is drawn, so that nobody sees the wrong colours first.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try { return window.localStorage.getItem("jawab-theme"); } catch (error) { return null; }
  }

  function apply() {
    root.setAttribute("data-bs-theme", stored() || (dark.matches ? "dark" : "light"));
  }

  root.classList.add("js");
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-theme-toggle]");
    if (!button) { return; }
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { window.localStorage.setItem("jawab-theme", next); } catch (error) { /* private mode */ }
    root.setAttribute("data-bs-theme", next);
  });
})();
