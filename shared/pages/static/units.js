// Finds a unit by two letters of its name while they are typed, and lists what fits (a combobox with a listbox).
// Without it the button beside the field finds the same.
(function () {
  "use strict";
  var WAIT = 150, field = document.querySelector("input[data-units]");
  if (!field || !window.fetch) { return; }
  var box = document.createElement("ul"), said = document.createElement("p"), waiting = 0, asked = 0, at = -1;
  var button = field.parentNode.querySelector("button");
  box.id = "units";
  box.className = "listbox";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "单位");
  box.hidden = true;
  said.className = "unseen";
  said.setAttribute("role", "status");
  field.parentNode.insertBefore(box, field.nextSibling);
  field.parentNode.appendChild(said);
  if (button) { button.hidden = true; }
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", "units");
  field.setAttribute("autocomplete", "off");

  function options() { return box.children; }
  function close() {
    box.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function mark(n) {
    if (at >= 0 && options()[at]) { options()[at].setAttribute("aria-selected", "false"); }
    at = n;
    options()[at].setAttribute("aria-selected", "true");
    options()[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options()[at].id);
  }
  function take(option) {
    field.value = option.textContent;
    close();
    var next = document.getElementById("name");
    if (next) { next.focus(); }
  }
  function list(items) {
    box.textContent = "";
    items.forEach(function (one, n) {
      var option = document.createElement("li");
      option.id = "unit-" + n;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = one.name;
      option.addEventListener("mousedown", function (event) {
        event.preventDefault();
        take(option);
      });
      box.appendChild(option);
    });
    at = -1;
    said.textContent = items.length ? "有" + items.length + "个单位，用上下键选择" : "没有找到名称中含有这两个字的单位";
    box.hidden = !items.length;
    field.setAttribute("aria-expanded", String(!!items.length));
  }
  function look() {
    var typed = field.value.trim(), mine = ++asked;
    if (typed.length < 2) {
      close();
      return;
    }
    fetch(field.getAttribute("data-units") + "?name=" + encodeURIComponent(typed), { cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.json() : { items: [] };
    }).then(function (found) {
      if (mine === asked && document.activeElement === field) { list(found.items); }
    }, function () {
      if (button) { button.hidden = false; }
    });
  }
  field.addEventListener("input", function (event) {
    window.clearTimeout(waiting);
    if (!event.isComposing) { waiting = window.setTimeout(look, WAIT); }
  });
  field.addEventListener("compositionend", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(look, WAIT);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", function (event) {
    var count = options().length;
    if (box.hidden || event.isComposing) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? (at + 1) % count : (at <= 0 ? count : at) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(options()[at < 0 ? 0 : at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
})();
