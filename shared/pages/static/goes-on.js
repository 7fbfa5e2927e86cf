// Presses the only button of a page that leads on by itself; without it a person does.
(function () {
  "use strict";
  var form = document.querySelector("form[data-goes-on]");
  if (form && !window.sessionStorage.getItem("lianban.gone:" + form.elements.kept.value.slice(-40))) {
    window.sessionStorage.setItem("lianban.gone:" + form.elements.kept.value.slice(-40), "1");
    form.submit();
  }
})();
