// When a place was ticked, and how many are: without it all were looked at when the form was opened, and nothing is counted.
(function () {
  "use strict";
  var form = document.querySelector("form.round"), told = document.querySelector("[data-ticked]");
  if (!form || !told) { return; }
  function boxes() { return form.querySelectorAll("input[type=checkbox]"); }
  function count() {
    var n = Array.prototype.filter.call(boxes(), function (one) { return one.checked; }).length;
    told.textContent = n ? "（" + n + "处）" : "";
  }
  form.addEventListener("change", function (event) {
    var box = event.target, seen;
    if (box.type !== "checkbox") { return; }
    seen = form.querySelector("[data-seen='" + box.name + "']");
    if (seen) { seen.value = box.checked ? new Date().toISOString() : ""; }
    count();
  });
  window.addEventListener("pageshow", count);
  count();
})();
