// The key ? leads to the help of a page, as its link does; nothing while somebody types. It can be switched off.
(function () {
  "use strict";
  var OFF = "lianban.help.off", link = document.querySelector("[data-help]"), choice = document.querySelector("[data-help-key]");
  function isOff() {
    try {
      return window.localStorage.getItem(OFF) === "1";
    } catch (closed) {
      return false;
    }
  }
  function isTyping(place) {
    return /^(INPUT|SELECT|TEXTAREA)$/.test(place.tagName) || place.isContentEditable;
  }
  function say() { choice.textContent = isOff() ? "启用按键" : "停用按键"; }
  document.addEventListener("keydown", function (event) {
    var held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (!link || held || isOff() || isTyping(event.target) || (event.key !== "?" && event.key !== "？")) { return; }
    event.preventDefault();
    link.click();
  });
  if (choice) {
    choice.parentNode.hidden = false;
    say();
    choice.addEventListener("click", function () {
      try {
        if (isOff()) { window.localStorage.removeItem(OFF); } else { window.localStorage.setItem(OFF, "1"); }
      } catch (closed) {
        // Nothing can be kept here: the key stays as it is.
      }
      say();
    });
  }
})();
