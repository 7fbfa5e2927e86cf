// Keeps the station's own pages current: states, reasons, counts, the line, warnings. Without it a reload shows the same.
(function () {
  "use strict";
  var EVERY = 3000, GONE = 3, missed = 0, turn = 0, waiting = false, asking = null;
  function each(selector, work) { Array.prototype.forEach.call(document.querySelectorAll(selector), work); }
  function write(place, told) {
    if (told && place.textContent !== told.word) {
      place.textContent = told.word;
      place.className = "state " + told.level;
    }
  }
  function text(place, words) {
    if (place.textContent !== words) { place.textContent = words; }
  }
  function remarks(list) {
    each("[data-remarks]", function (place) {
      var now = list.map(function (one) { return one.word; }).join("\n");
      var before = Array.prototype.map.call(place.children, function (line) { return line.textContent; }).join("\n");
      if (before === now) { return; }
      place.textContent = "";
      list.forEach(function (one) {
        var line = document.createElement("p");
        line.className = "told " + one.level;
        line.setAttribute("role", "status");
        line.textContent = one.word;
        place.appendChild(line);
      });
    });
  }
  function record(id, now) {
    each("[data-state='" + id + "']", function (place) { write(place, now); });
    each("[data-reasons='" + id + "']", function (place) { text(place, now.reasons); });
    each("[data-refused='" + id + "']", function (place) { place.hidden = !now.reasons; });
    ["correct", "change", "withdraw"].forEach(function (what) {
      each("[data-" + what + "='" + id + "']", function (link) {
        link.hidden = !now[what + "_at"];
        link.setAttribute("href", now[what + "_at"]);
      });
    });
    if (now.level === "bad") {
      each("[data-saved='" + id + "']", function (place) { place.remove(); });
    }
  }
  function picture(sha256, now) {
    each("[data-picture='" + sha256 + "']", function (place) { write(place, now); });
    each("[data-why='" + sha256 + "']", function (place) { text(place, now.why); });
    each("[data-replace='" + sha256 + "']", function (link) {
      link.hidden = !now.replace_at;
      link.setAttribute("href", now.replace_at);
    });
  }
  function show(now) {
    missed = 0;
    each("[data-count]", function (place) { text(place, String(now.counts[place.getAttribute("data-count")])); });
    each("[data-photos]", function (place) { text(place, String(now.photos)); });
    each("[data-line]", function (place) { write(place, now.line); });
    Object.keys(now.records).forEach(function (id) { record(id, now.records[id]); });
    Object.keys(now.pictures).forEach(function (sha256) { picture(sha256, now.pictures[sha256]); });
    remarks(now.remarks);
  }
  function gone() {
    missed += 1;
    if (missed < GONE) { return; }
    var told = { word: "本机程序没有应答", level: "bad" };
    each("[data-line]", function (place) { write(place, told); });
    remarks([{ word: "本机的报送程序没有应答，本页显示的不是现在的情况。请重新启动本机程序；填写中的内容在本页保留。", level: "bad" }]);
  }
  // A program that hangs answers nothing at all, not even no: each silent turn counts, and the third is asked anew.
  function look() {
    var ids = [], mine;
    if (waiting) {
      gone();
      if (missed % GONE) { return; }
    }
    waiting = true;
    mine = turn += 1;
    if (asking) { asking.abort(); }
    asking = new AbortController();
    each("[data-state]", function (place) { ids.push(place.getAttribute("data-state")); });
    fetch("/state.json?of=" + ids.join(","), { signal: asking.signal }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    }).then(show).catch(function () {
      if (mine === turn) { gone(); }
    }).then(function () {
      if (mine === turn) { waiting = false; }
    });
  }
  window.setInterval(look, EVERY);
})();
