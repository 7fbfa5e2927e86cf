// Asks whether anybody answers before a filled form is sent: a browser's own error page would take its place.
// Without it a form is sent as ever, and what was filled in comes back when its page is opened again.
(function () {
  "use strict";
  var PATIENCE = 10000, icon = document.querySelector("link[rel=icon]");
  var whose = document.querySelector("[data-remarks]") ? "本机的报送程序没有应答" : "没有连上系统";
  function reached(done) {
    var stop = new AbortController(), bound = window.setTimeout(function () { stop.abort(); }, PATIENCE);
    fetch(icon.href, { cache: "no-store", signal: stop.signal }).then(function () { return true; }, function () {
      return false;
    }).then(function (isThere) {
      window.clearTimeout(bound);
      done(isThere);
    });
  }
  function say(form, text) {
    var line = form.querySelector(".unreached");
    if (line) { line.remove(); }
    if (!text) { return; }
    line = document.createElement("p");
    line.className = "told bad unreached";
    line.setAttribute("role", "alert");
    line.textContent = text;
    form.appendChild(line);
  }
  Array.prototype.forEach.call(document.querySelectorAll("form[data-draft]"), function (form) {
    var isReached = false, isAsking = false;
    form.addEventListener("submit", function (event) {
      var button = form.querySelector("button[type=submit]");
      if (isReached) {
        isReached = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isAsking) { return; }
      isAsking = true;
      form.setAttribute("aria-busy", "true");
      reached(function (isThere) {
        isAsking = false;
        isReached = isThere;
        form.removeAttribute("aria-busy");
        say(form, isThere ? "" : whose + "，这张表还没有提交。填写的内容留在本页，恢复以后请再次提交。");
        if (isThere) { button.click(); }
      });
    });
  });
})();
