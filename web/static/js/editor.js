"use strict";
// The editor: preview and checks while typing, counters, formatting, unsaved text kept. All of it
// is an improvement: every page works without it.
(function () {
  var CHECK_AFTER_MS = 600;
  var KEEP_AFTER_MS = 400;
  var PREFIX = "jawab-draft-";

  function each(found, work) { Array.prototype.forEach.call(found, work); }

  // --- filters apply themselves
  each(document.querySelectorAll("form[data-submit-on-change]"), function (form) {
    form.addEventListener("change", function (event) {
      if (event.target.tagName === "SELECT") { form.requestSubmit(); }
    });
  });

  // --- the address of a new article follows its title until it is written by hand
  var slug = document.querySelector("[data-slug-from]");
  if (slug) {
    var waitingForSlug = null;
    var title = slug.form.elements.namedItem("title");
    var own = slug.value !== "";
    slug.addEventListener("input", function () { own = slug.value !== ""; });
    var propose = function () {
      window.clearTimeout(waitingForSlug);
      if (own) { return; }
      waitingForSlug = window.setTimeout(function () {
        var lang = slug.form.elements.namedItem("lang");
        var query = new URLSearchParams({ title: title.value, lang: lang ? lang.value : "" });
        window.fetch(slug.dataset.slugFrom + "?" + query, { credentials: "same-origin" })
          .then(function (response) { return response.ok ? response.json() : null; })
          .then(function (found) { if (found && !own) { slug.placeholder = found.slug; } })
          .catch(function () { /* the server proposes it when saving */ });
      }, 250);
    };
    slug.form.addEventListener("input", propose);
    propose();
  }

  // --- how much of a text fits on each channel, counted as the channel counts
  function isLight(code) {
    return code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) ||
      (code >= 8242 && code <= 8247);
  }
  var measures = {
    letters: function (text) { return Array.from(text).length; },
    units: function (text) { return text.length; },
    bytes: function (text) { return new TextEncoder().encode(text).length; },
    weight: function (text) {
      var rest = text.replace(/https?:\/\/\S+/gi, "");
      var links = (text.match(/https?:\/\/\S+/gi) || []).length;
      return Array.from(rest).reduce(function (sum, letter) {
        return sum + (isLight(letter.codePointAt(0)) ? 1 : 2);
      }, links * 23);
    }
  };
  each(document.querySelectorAll("[data-counters]"), function (list) {
    var field = document.getElementById(list.dataset.counters);
    function count() {
      var text = field.value.trim();
      each(list.querySelectorAll("[data-limit]"), function (item) {
        var used = measures[item.dataset.unit](text);
        item.querySelector("[data-used]").textContent = used;
        item.classList.toggle("is-over", used > Number(item.dataset.limit));
      });
    }
    field.addEventListener("input", count);
    count();
  });

  // --- formatting buttons write Markdown around the selection
  var WRAPS = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] };
  var LINES = { heading: "## ", list: "- ", steps: "1. " };
  var TABLE = "\n| A | B |\n|---|---|\n| 1 | 2 |\n";

  function put(field, start, end, text) {
    field.focus();
    field.setSelectionRange(start, end);
    // keeps the browser's own undo, where it can
    if (!document.execCommand || !document.execCommand("insertText", false, text)) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  function format(field, tool) {
    var start = field.selectionStart, end = field.selectionEnd, text = field.value;
    if (WRAPS[tool]) {
      put(field, start, end, WRAPS[tool][0] + text.slice(start, end) + WRAPS[tool][1]);
      if (start === end) { field.setSelectionRange(start + WRAPS[tool][0].length, start + WRAPS[tool][0].length); }
      return;
    }
    if (tool === "table") { put(field, end, end, TABLE); return; }
    var first = text.lastIndexOf("\n", start - 1) + 1;
    var lines = text.slice(first, end).split("\n").map(function (line) { return LINES[tool] + line; });
    put(field, first, end, lines.join("\n"));
  }
  each(document.querySelectorAll("[data-tools]"), function (bar) {
    var field = document.getElementById(bar.dataset.tools);
    bar.addEventListener("click", function (event) {
      var button = event.target.closest("[data-tool]");
      if (button) { format(field, button.dataset.tool); }
    });
  });

  // --- the form of an article
  var form = document.querySelector("form[data-editor]");
  if (!form) { return; }
  var state = form.querySelector("[data-save-state]");
  var check = document.querySelector("[data-check]");
  var name = PREFIX + form.dataset.editor;
  var dirty = false, sending = false, asked = 0, waiting = null, keeping = null;

  function storage(work) {
    try { return work(window.localStorage); } catch (error) { return null; }
  }
  function fields() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && ["hidden", "submit", "button", "file"].indexOf(field.type) < 0;
    });
  }
  function values() {
    var found = {};
    fields().forEach(function (field) { found[field.name] = field.type === "checkbox" ? field.checked : field.value; });
    return found;
  }
  function keep() {
    var kept = { basedOn: form.dataset.basedOn, values: values() };
    storage(function (store) { store.setItem(name, JSON.stringify(kept)); });
  }
  function forget() { storage(function (store) { store.removeItem(name); }); }

  function refresh() {
    var mine = ++asked;
    var sent = new FormData(form);
    sent.delete("picture");
    window.fetch(form.dataset.preview, {
      method: "POST", body: sent, headers: { "X-Fragment": "yes" }, credentials: "same-origin"
    }).then(function (response) {
      return response.ok ? response.text() : null;
    }).then(function (text) {
      if (text !== null && mine === asked) { check.innerHTML = text; }
    }).catch(function () { /* the next keystroke tries again */ });
  }

  function changed() {
    dirty = true;
    state.textContent = state.dataset.unsaved;
    window.clearTimeout(waiting);
    window.clearTimeout(keeping);
    waiting = window.setTimeout(refresh, CHECK_AFTER_MS);
    keeping = window.setTimeout(keep, KEEP_AFTER_MS);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  window.addEventListener("beforeunload", function (event) {
    if (dirty && !sending) { event.preventDefault(); event.returnValue = ""; }
  });
  form.addEventListener("submit", function () {
    sending = true;
    window.clearTimeout(keeping);
    keep();
    storage(function (store) { store.setItem(name + "-sent", "yes"); });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { sending = false; } });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=do][value=save]"));
    }
  });

  // --- a picture goes below the line in which somebody writes
  var at = form.querySelector("[data-cursor-of]");
  if (at) {
    var text = document.getElementById(at.dataset.cursorOf);
    text.addEventListener("blur", function () { at.value = text.selectionStart; });
  }

  // --- text that was typed but never arrived: a crash, a closed tab, a lost session
  function restore() {
    var text = storage(function (store) { return store.getItem(name); });
    var wasSent = storage(function (store) {
      var sent = store.getItem(name + "-sent");
      store.removeItem(name + "-sent");
      return sent;
    });
    var kept = null;
    try { kept = text && JSON.parse(text); } catch (error) { kept = null; }
    if (!kept || !kept.values) { forget(); return; }
    if (wasSent && kept.basedOn !== form.dataset.basedOn) { forget(); return; }
    var present = values();
    var differs = Object.keys(kept.values).some(function (key) {
      return key in present && String(kept.values[key]).trim() !== String(present[key]).trim();
    });
    if (!differs) { forget(); return; }
    var note = form.querySelector("[data-restore]");
    note.hidden = false;
    note.querySelector("[data-restore-yes]").addEventListener("click", function () {
      fields().forEach(function (field) {
        if (!(field.name in kept.values)) { return; }
        if (field.type === "checkbox") { field.checked = kept.values[field.name]; } else { field.value = kept.values[field.name]; }
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      note.hidden = true;
    });
    note.querySelector("[data-restore-no]").addEventListener("click", function () { forget(); note.hidden = true; });
  }
  if (form.dataset.invalid === undefined) { restore(); } else { changed(); }
})();
