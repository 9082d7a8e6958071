"use strict";
// Puts the bot's draft or an article into the reply.
(function () {
  var field = document.getElementById("reply-text");
  var link = document.getElementById("article");
  if (!field) { return; }

  function put(text) {
    field.value = field.value.trim() ? field.value.trim() + "\n\n" + text : text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  document.addEventListener("click", function (event) {
    var draft = event.target.closest("[data-use-draft]");
    if (draft) { put(document.getElementById(draft.dataset.useDraft).textContent); return; }
    var article = event.target.closest("[data-insert]");
    if (!article) { return; }
    put(article.dataset.answer);
    link.value = article.dataset.key;
    document.getElementById("picked").textContent = "";
    document.getElementById("pick").value = "";
  });
})();
