"use strict";
// Improvements of the portal's forms: each works without them.
(function () {
  var PREFIX = "jawab-text-";
  var dirty = false;

  document.addEventListener("submit", function (event) {
    var question = event.target.getAttribute("data-confirm");
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    if (event.target.matches("[data-guard]")) { dirty = false; }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) { return; }
    var text = document.getElementById(button.dataset.copy).textContent;
    navigator.clipboard.writeText(text).then(function () {
      button.querySelector("span").textContent = button.dataset.copied;
    }, function () { /* not allowed: the text can be selected by hand */ });
  });

  // --- leaving a page with unsaved words asks first, and the words survive a crash
  window.addEventListener("beforeunload", function (event) {
    if (dirty) { event.preventDefault(); event.returnValue = ""; }
  });

  function storage(work) {
    try { return work(window.localStorage); } catch (error) { return null; }
  }

  function fieldsOf(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && field.type !== "hidden" && field.type !== "submit" && field.type !== "file" && field.type !== "checkbox" && !field.readOnly;
    });
  }

  function remember(form) {
    var kept = {};
    fieldsOf(form).forEach(function (field) { kept[field.name] = field.value; });
    storage(function (store) { store.setItem(PREFIX + form.dataset.autosave, JSON.stringify(kept)); });
  }

  function forget(form) {
    storage(function (store) { store.removeItem(PREFIX + form.dataset.autosave); });
  }

  function recall(form) {
    var text = storage(function (store) { return store.getItem(PREFIX + form.dataset.autosave); });
    var kept = null;
    try { kept = text && JSON.parse(text); } catch (error) { forget(form); }
    if (!kept) { return; }
    var differs = false;
    fieldsOf(form).forEach(function (field) {
      if (typeof kept[field.name] === "string" && kept[field.name] !== field.value) {
        field.value = kept[field.name];
        differs = true;
      }
    });
    if (differs) { changed(form); }
  }

  function changed(form) {
    dirty = true;
    var state = form.querySelector("[data-save-state]");
    if (state) { state.textContent = state.dataset.unsaved; }
    form.dispatchEvent(new CustomEvent("edited", { bubbles: true }));
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-guard]"), function (form) {
    var waiting = null;
    if (form.dataset.autosave) {
      recall(form);
      form.addEventListener("submit", function () { forget(form); });
    }
    form.addEventListener("input", function () {
      dirty = true;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        changed(form);
        if (form.dataset.autosave) { remember(form); }
      }, 350);
    });
  });
})();
