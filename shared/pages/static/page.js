// Draws every chart of a page from the option beside it, and prints on request. Without it pages still read.
(function () {
  "use strict";
  var charts = [];
  var places = document.querySelectorAll("[data-chart]");
  for (var n = 0; n < places.length; n++) {
    if (!window.echarts) {
      // What draws did not arrive: the numbers are shown instead of an empty box.
      places[n].hidden = true;
      places[n].parentNode.querySelector("details").open = true;
      continue;
    }
    var option = JSON.parse(document.getElementById(places[n].getAttribute("data-chart")).textContent);
    var chart = window.echarts.init(places[n]);
    chart.setOption(option);
    charts.push(chart);
  }
  window.addEventListener("resize", function () {
    // On paper the style makes a drawing as small as the sheet: drawn anew there it would have no height.
    if (!window.matchMedia("print").matches) { charts.forEach(function (chart) { chart.resize(); }); }
  });
  var button = document.querySelector("[data-print]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }
})();
