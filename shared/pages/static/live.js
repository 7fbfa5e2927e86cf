// Keeps the count of what waits and, on its page, the list current; says quietly when nobody answers. Without it a reload shows the same.
(function () {
  "use strict";
  var EVERY = 60000, OFTEN = 30000, GONE = 2, missed = 0, asking = false;
  var badge = document.querySelector("[data-waiting]"), cut = document.querySelector("[data-cut]");
  var list = document.querySelector("[data-live]"), since = new Date();
  if (!badge || !cut) { return; }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clock(time) { return two(time.getHours()) + ":" + two(time.getMinutes()); }
  function answered() {
    missed = 0;
    since = new Date();
    cut.hidden = true;
  }
  function silent() {
    missed += 1;
    if (missed < GONE) { return; }
    cut.textContent = "连接中断，本页是" + clock(since) + "的内容";
    cut.hidden = false;
  }
  function counted(now) {
    if (badge.textContent === String(now.count || "")) { return; }
    badge.textContent = now.count || "";
    badge.hidden = !now.count;
  }
  // Nobody's half-written words are taken away: what is open or has the focus stays as it is.
  function isBusy() {
    var inside = list.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(document.activeElement.tagName);
    return inside || list.querySelector("details[open]") !== null;
  }
  function relisted(text) {
    var page = new DOMParser().parseFromString(text, "text/html"), fresh = page.querySelector("[data-live]");
    counted({ count: page.querySelector("[data-waiting]").textContent });
    if (fresh && !isBusy() && bare(fresh) !== bare(list)) {
      list.innerHTML = fresh.innerHTML;
    }
  }
  // A form that is shown anew bears another ticket: that alone is no news.
  function bare(part) { return part.innerHTML.replace(/<input type="hidden"[^>]*>/g, "").replace(/\s+/g, " "); }
  function fetched(address, read) {
    return window.fetch(address, { credentials: "same-origin", redirect: "error" }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer[read]();
    });
  }
  function here() { return window.location.pathname + window.location.search.replace(/([?&])(sent|ticket|then|item)=[^&]*/g, "$1"); }
  function look() {
    if (asking || document.hidden) { return; }
    asking = true;
    (list ? fetched(here(), "text").then(relisted) : fetched(badge.getAttribute("data-waiting"), "json").then(counted))
      .then(answered, silent).then(function () { asking = false; });
  }
  window.setInterval(look, list ? OFTEN : EVERY);
  if (!badge.hasAttribute("data-known")) { look(); }
  document.addEventListener("visibilitychange", function () {
    if (new Date() - since > OFTEN) { look(); }
  });
})();
