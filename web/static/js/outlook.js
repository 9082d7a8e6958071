"use strict";
// A change is tried with its progress shown; without this the form simply takes its time.
(function () {
  var LINES = "application/x-ndjson";
  var form = document.querySelector("form[data-outlook]");
  if (!form || !window.ReadableStream || !window.TextDecoder) { return; }
  var result = document.querySelector("[data-outlook-result]");
  var progress = form.querySelector("[data-outlook-progress]");
  var bar = progress.querySelector("progress");
  var state = progress.querySelector("[role=status]");

  function plainly() { form.dataset.plain = "yes"; form.submit(); }

  function confirmAs(word) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = "confirmed";
    field.value = word;
    form.appendChild(field);
    plainly();
  }

  function show(line) {
    state.textContent = progress.dataset[line.stage] + " " + line.done + " / " + line.total;
    bar.max = Math.max(line.total, 1);
    bar.value = line.done;
  }

  function finish(html) {
    result.innerHTML = html;
    progress.hidden = true;
    form.querySelector("button").disabled = false;
    result.scrollIntoView({ block: "start" });
  }

  function read(reader) {
    var decoder = new TextDecoder(), rest = "";
    function next() {
      return reader.read().then(function (piece) {
        rest += decoder.decode(piece.value || new Uint8Array(), { stream: !piece.done });
        var lines = rest.split("\n");
        rest = lines.pop();
        for (var i = 0; i < lines.length; i += 1) {
          var line = JSON.parse(lines[i]);
          if (typeof line.html === "string") { finish(line.html); return null; }
          if (line.confirmed) { confirmAs(line.confirmed); return null; }
          if (line.error) { plainly(); return null; }
          show(line);
        }
        return piece.done ? plainly() : next();
      });
    }
    return next();
  }

  form.addEventListener("submit", function (event) {
    if (form.dataset.plain) { return; }
    event.preventDefault();
    progress.hidden = false;
    bar.removeAttribute("value");
    state.textContent = "";
    form.querySelector("button").disabled = true;
    window.fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { Accept: LINES } })
      .then(function (response) {
        var kind = response.headers.get("Content-Type") || "";
        return response.ok && kind.indexOf(LINES) === 0 ? read(response.body.getReader()) : plainly();
      })
      .catch(plainly);
  });
})();
