"use strict";
// Sends the requests of the page that shows the API.
(function () {
  var key = document.getElementById("api-key");

  function requestOf(form) {
    var path = form.dataset.path;
    var query = new URLSearchParams();
    form.querySelectorAll("[data-place]").forEach(function (input) {
      var value = input.value.trim();
      if (input.dataset.place === "path") { path = path.replace("{" + input.name + "}", encodeURIComponent(value)); }
      else if (value) { query.set(input.name, value); }
    });
    var body = form.querySelector("[data-body]");
    var headers = {};
    if (body) { headers["Content-Type"] = "application/json"; }
    if (key.value.trim()) { headers.Authorization = "Bearer " + key.value.trim(); }
    return {
      url: path + (query.toString() ? "?" + query : ""),
      method: form.dataset.method,
      headers: headers,
      body: body ? body.value : undefined
    };
  }

  function quoted(text) { return "'" + text.replace(/'/g, "'\\''") + "'"; }

  function curlOf(request, site) {
    var parts = ["curl"];
    Object.keys(request.headers).forEach(function (name) {
      var value = name === "Authorization" ? "Bearer $JAWAB_KEY" : request.headers[name];
      parts.push(name === "Authorization" ? '-H "' + name + ": " + value + '"' : "-H " + quoted(name + ": " + value));
    });
    if (request.body !== undefined) { parts.push("-d " + quoted(request.body)); }
    parts.push(quoted(site + request.url));
    return parts.join(" \\\n  ");
  }

  function pretty(text) {
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch (error) { return text; }
  }

  function show(form, status, milliseconds, text) {
    var result = form.querySelector("[data-result]");
    result.querySelector("[data-status]").textContent = status;
    result.querySelector("[data-time]").textContent = milliseconds + " ms";
    result.querySelector("[data-answer]").textContent = pretty(text);
    result.hidden = false;
  }

  document.querySelectorAll(".api-try").forEach(function (form) {
    var curl = form.querySelector("[data-curl]");
    function refresh() { curl.textContent = curlOf(requestOf(form), form.dataset.site); }
    form.addEventListener("input", refresh);
    key.addEventListener("input", refresh);
    refresh();
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var request = requestOf(form);
      var began = performance.now();
      fetch(request.url, { method: request.method, headers: request.headers, body: request.body, credentials: "omit", cache: "no-store" })
        .then(function (response) {
          return response.text().then(function (text) {
            show(form, response.status + " " + response.statusText, Math.round(performance.now() - began), text);
          });
        })
        .catch(function () { show(form, "No answer", Math.round(performance.now() - began), "The site could not be reached."); });
    });
  });

  function openNamed() {
    var named = document.getElementById(window.location.hash.slice(1));
    if (named && named.matches("details")) { named.open = true; }
  }
  window.addEventListener("hashchange", openNamed);
  openNamed();
})();
