"use strict";
// Everything here is an improvement: each page works without it.
(function () {
  var POLL_SECONDS = 4;
  var SLOWEST_SECONDS = 60;

  function each(selector, root, work) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), work);
  }

  // --- the text field grows with its text; Enter sends, Shift+Enter makes a line
  function grow(field) {
    field.style.height = "auto";
    field.style.height = Math.min(field.scrollHeight, 200) + "px";
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-grow]")) { grow(event.target); }
  });
  document.addEventListener("keydown", function (event) {
    var field = event.target;
    if (!field.matches || !field.matches("[data-grow]")) { return; }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (field.value.trim()) { field.form.requestSubmit(); }
    }
  });

  // --- suggestions under a field go away with Escape or a click elsewhere
  function clearSuggestions() {
    each(".suggestions:not(.suggestions-below)", document, function (box) { box.textContent = ""; });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { clearSuggestions(); }
    var box = event.target.closest && event.target.closest(".ask-box");
    if (!box || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) { return; }
    var stops = [box.querySelector("input[name=text]")].concat(Array.from(box.querySelectorAll(".suggestions a")));
    var at = stops.indexOf(document.activeElement);
    if (stops.length > 1 && at >= 0) {
      event.preventDefault();
      stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
    }
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest(".ask-box")) { clearSuggestions(); }
    if (event.target.closest("[data-print]")) { window.print(); }
    var opened = event.target.closest("details.account-menu");
    each("details.account-menu[open]", document, function (menu) { if (menu !== opened) { menu.open = false; } });
  });

  // --- a sent question: empty the field, show the newest turn
  function showLatest() {
    var turns = document.querySelectorAll(".chat > .turn");
    var last = turns[turns.length - 1];
    if (!last || turns.length < 2) { return; }
    var asked = last.classList.contains("turn-customer") ? last : last.previousElementSibling || last;
    asked.scrollIntoView({ block: "start", behavior: "auto" });
  }
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target;
    if (!form.matches || !form.matches("[data-composer]") || !event.detail.successful) { return; }
    var field = form.querySelector("textarea");
    field.value = "";
    grow(field);
    field.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "chat") { showLatest(); startPolling(event.target); }
  });
  function showProblem(status) {
    var note = document.getElementById("chat-problem");
    if (!note) { return; }
    note.querySelector("div").textContent = status === 429 ? note.dataset.tooMany : note.dataset.failed;
    note.hidden = !status;
  }
  document.addEventListener("htmx:responseError", function (event) { showProblem(event.detail.xhr.status); });
  document.addEventListener("htmx:sendError", function () { showProblem(503); });
  document.addEventListener("htmx:beforeRequest", function () { showProblem(0); });

  // --- new answers appear by themselves: asked for with the ETag of what is shown
  function startPolling(box) {
    if (!box.dataset.poll || box.dataset.polling) { return; }
    box.dataset.polling = "yes";
    var etag = box.dataset.etag || "";
    var wait = POLL_SECONDS;

    function again() { window.setTimeout(ask, wait * 1000); }

    function ask() {
      if (!box.isConnected) { return; }
      if (document.hidden) { again(); return; }
      var headers = { "X-Requested-With": "poll" };
      if (etag) { headers["If-None-Match"] = etag; }
      window.fetch(box.dataset.poll, { headers: headers, cache: "no-store", credentials: "same-origin" })
        .then(function (response) {
          wait = response.status === 304 ? Math.min(wait * 1.3, SLOWEST_SECONDS) : POLL_SECONDS;
          if (!response.ok) { return null; }
          etag = response.headers.get("ETag") || "";
          return response.text().then(show);
        })
        .catch(function () { wait = SLOWEST_SECONDS; })
        .then(again);
    }

    function show(text) {
      var turns = box.querySelectorAll(".turn").length;
      box.innerHTML = text;
      if (window.htmx) { window.htmx.process(box); }
      if (box.querySelectorAll(".turn").length > turns) { showLatest(); }
    }

    again();
  }

  function begin() {
    each("[data-grow]", document, grow);
    each("[data-poll]", document, startPolling);
    each(".staff-side [aria-current]", document, function (entry) { entry.scrollIntoView({ block: "nearest" }); });
    if (document.body.classList.contains("page-ask")) { showLatest(); }
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", begin); } else { begin(); }
})();
