// Keeps what is being filled in, in this tab, until the page is reached that tells what became of it.
// Without it a form is sent as ever; what is refused comes back filled by the server.
(function () {
  "use strict";
  var DRAFT = "lianban.draft:", DONE = "lianban.done:", TICKET = ["ticket", "time", "corrects"], BUSY = 10000;
  var store;
  try {
    store = window.sessionStorage;
    store.getItem(DRAFT);
  } catch (closed) {
    return;
  }

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch (broken) {
      return null;
    }
  }
  function write(key, value) {
    try {
      store.setItem(key, JSON.stringify(value));
    } catch (full) {
      // The form is there to be sent all the same.
    }
  }
  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function hidden(form, name) { return form.querySelector("input[type=hidden][name=" + name + "]"); }
  function ticket(form) {
    var now = {};
    TICKET.forEach(function (name) { now[name] = hidden(form, name) ? hidden(form, name).value : ""; });
    return now;
  }
  function bear(form, kept) {
    TICKET.forEach(function (name) {
      var field = hidden(form, name);
      if (!field && kept[name]) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        form.appendChild(field);
      }
      if (field) { field.value = kept[name] || ""; }
    });
  }
  function isKept(field) {
    return field.name && ["hidden", "file", "password", "submit", "button"].indexOf(field.type) < 0 && field.name.indexOf("answer-") !== 0;
  }
  function entered(form) {
    var found = [];
    each(form.elements, function (field) {
      var isOff = (field.type === "radio" || field.type === "checkbox") && !field.checked;
      if (isKept(field) && !isOff) { found.push([field.name, field.value]); }
    });
    return found;
  }
  function keep(form) {
    write(DRAFT + form.getAttribute("data-draft"), { ticket: ticket(form), fields: entered(form), at: Date.now() });
  }
  function fill(form, fields) {
    var sent = fields.filter(function (one) { return one[0] === "photo"; }).map(function (one) { return one[1]; });
    each(form.elements, function (field) {
      if (!isKept(field)) { return; }
      var mine = fields.filter(function (one) { return one[0] === field.name; });
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = mine.some(function (one) { return one[1] === field.value; });
      } else if (mine.length) {
        field.value = mine[0][1];
      }
      var fold = field.closest("details");
      if (fold && field.value !== field.defaultValue && field.tagName !== "SELECT") { fold.open = true; }
    });
    form.dispatchEvent(new CustomEvent("photos-kept", { detail: sent }));
  }
  function say(form, text, word, work) {
    var bar = document.createElement("p"), button = document.createElement("button");
    bar.className = "told warn kept";
    bar.setAttribute("role", "status");
    bar.textContent = text + " ";
    button.type = "button";
    button.className = "quiet";
    button.textContent = word;
    button.addEventListener("click", function () { work(bar); });
    bar.appendChild(button);
    form.insertBefore(bar, form.firstChild);
    return bar;
  }
  function clock(time) {
    var day = /^\d+-(\d+)-(\d+)T(\d+:\d+)/.exec(time || "");
    return day ? "（" + Number(day[1]) + "月" + Number(day[2]) + "日 " + day[3] + "打开）" : "";
  }

  function restore(form, kept) {
    var fresh = ticket(form);
    bear(form, kept.ticket);
    fill(form, kept.fields);
    say(form, "已恢复上次未提交的内容" + clock(kept.ticket.time), "清空", function (bar) {
      store.removeItem(DRAFT + form.getAttribute("data-draft"));
      form.reset();
      bear(form, fresh);
      form.dispatchEvent(new CustomEvent("photos-kept", { detail: [] }));
      bar.remove();
    });
  }
  function isDone(form) {
    var done = read(DONE + form.getAttribute("data-draft"));
    if (!done || form.querySelector(".kept")) { return; }
    bear(form, done.ticket);
    fill(form, done.fields);
    say(form, "这张表已经报送，同样的内容再次提交不会重复登记。需要另报一件的，请新填一张。", "新填一张", function () {
      store.removeItem(DONE + form.getAttribute("data-draft"));
      window.location.replace(window.location.href.split("#")[0]);
    });
  }
  function taken(id) {
    for (var n = store.length - 1; n >= 0; n--) {
      var key = store.key(n), kept = key.indexOf(DRAFT) === 0 ? read(key) : null;
      if (kept && kept.ticket.ticket === id) {
        write(DONE + key.slice(DRAFT.length), kept);
        store.removeItem(key);
      }
    }
  }
  function cameBack() {
    var how = window.performance.getEntriesByType ? window.performance.getEntriesByType("navigation")[0] : null;
    return Boolean(how && how.type === "back_forward");
  }

  each(document.querySelectorAll("form[action$='/sign-out']"), function (form) {
    form.addEventListener("submit", function () { store.clear(); });
  });
  var landed = /[?&]ticket=([0-9a-f-]{36})/.exec(window.location.search);
  if (landed) { taken(landed[1]); }
  each(document.querySelectorAll("form[data-draft]"), function (form) {
    var kept = read(DRAFT + form.getAttribute("data-draft")), sent = 0;
    if (form.hasAttribute("data-again")) {
      keep(form);
    } else if (kept) {
      restore(form, kept);
    } else if (cameBack()) {
      isDone(form);
    }
    form.addEventListener("input", function () { keep(form); });
    form.addEventListener("change", function () { keep(form); });
    form.addEventListener("submit", function (event) {
      if (Date.now() - sent < BUSY) {
        event.preventDefault();
        return;
      }
      sent = Date.now();
      keep(form);
      form.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", function (event) {
      sent = 0;
      form.removeAttribute("aria-busy");
      if (event.persisted && !read(DRAFT + form.getAttribute("data-draft"))) { isDone(form); }
    });
  });
})();
