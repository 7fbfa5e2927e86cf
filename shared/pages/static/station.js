// Keeps counts and states of the station's own page current. Without it a reload shows the same.
(function () {
  "use strict";
  var EVERY = 3000;
  function write(place, told) {
    if (told && place.textContent !== told.word) {
      place.textContent = told.word;
      place.className = "state " + told.level;
    }
  }
  function show(now) {
    document.querySelectorAll("[data-count]").forEach(function (place) {
      place.textContent = now.counts[place.getAttribute("data-count")];
    });
    document.querySelectorAll("[data-state]").forEach(function (place) {
      write(place, now.states[place.getAttribute("data-state")]);
    });
    document.querySelectorAll("[data-line]").forEach(function (place) { write(place, now.line); });
  }
  function look() {
    fetch("/state.json").then(function (answer) { return answer.json(); }).then(show).catch(function () {
      // The agent was stopped: what is shown stays until it is back.
    });
  }
  window.setInterval(look, EVERY);
})();
