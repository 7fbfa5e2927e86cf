// Ticks every box of a group at once, or none. Without it each is ticked by itself.
(function () {
  "use strict";
  var FROM = 4;
  function each(list, work) { Array.prototype.forEach.call(list, work); }
  each(document.querySelectorAll("fieldset[data-ticks]"), function (group) {
    var boxes = group.querySelectorAll("input[type=checkbox]"), bar = document.createElement("p");
    if (boxes.length < FROM) { return; }
    bar.className = "actions";
    [["全选", true], ["全不选", false]].forEach(function (one) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = one[0];
      button.addEventListener("click", function () {
        each(boxes, function (box) { box.checked = one[1]; });
        group.dispatchEvent(new Event("change", { bubbles: true }));
      });
      bar.appendChild(button);
    });
    group.insertBefore(bar, boxes[0].closest("label"));
  });
})();
