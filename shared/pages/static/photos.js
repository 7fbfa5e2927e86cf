// Sends photos ahead one by one while the form is filled in: the form then carries their digests.
// Without it, or where that fails, they go with the form.
(function () {
  "use strict";
  var SILENCE = 60000;
  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function said(input) {
    var line = document.createElement("p");
    line.className = "note";
    line.setAttribute("role", "status");
    input.parentNode.insertBefore(line, input.nextSibling);
    return function (text) { line.textContent = text; };
  }
  function carried(form) { return form.querySelectorAll("input[name=photo]"); }
  function carry(input, digest, name) {
    var form = input.form, label = document.createElement("label"), box = document.createElement("input");
    var isThere = Array.prototype.some.call(carried(form), function (one) { return one.value === digest; });
    if (isThere) { return; }
    label.className = "sent-ahead";
    box.type = "checkbox";
    box.name = "photo";
    box.value = digest;
    box.checked = true;
    label.appendChild(box);
    label.appendChild(document.createTextNode(" " + name + "，已上传"));
    input.parentNode.insertBefore(label, input);
    form.dispatchEvent(new Event("change"));
  }
  function drop(form) {
    each(form.querySelectorAll(".sent-ahead"), function (label) { label.remove(); });
  }
  function leave(input, files) {
    try {
      var kept = new DataTransfer();
      files.forEach(function (file) { kept.items.add(file); });
      input.files = kept.files;
      return "随表提交。";
    } catch (old) {
      input.value = "";
      return "请重新选择。";
    }
  }
  function megabytes(bytes) { return (Math.ceil(bytes / 104857.6) / 10).toFixed(1) + "MB"; }
  function tooLarge(input, chosen, file) {
    var most = Number(input.getAttribute("data-most"));
    if (file.size <= most) { return ""; }
    return "“" + chosen.name + "”有" + megabytes(file.size) + "，超过" + Math.floor(most / 1048576) + "MB，本浏览器无法自动缩小，没有上传。" +
      "请在手机中降低拍摄分辨率，或者另存为较小的JPEG照片后重新选择。";
  }
  function upload(input, file, progress, done) {
    var post = new XMLHttpRequest(), body = new FormData(), bound;
    // A line that stands still is given up: the form waits for its photos, and must not wait for ever.
    function heard() {
      window.clearTimeout(bound);
      bound = window.setTimeout(function () { post.abort(); }, SILENCE);
    }
    body.append("photos", file, file.name);
    post.open("POST", input.getAttribute("data-upload"));
    post.responseType = "json";
    post.upload.onprogress = function (event) {
      heard();
      if (event.lengthComputable) { progress(Math.floor(100 * event.loaded / event.total)); }
    };
    post.onload = function () {
      var answer = post.status === 200 || post.status === 422 ? post.response : null;
      done(answer && answer.photo ? answer.photo : "", answer ? answer.why || "" : "");
    };
    post.onerror = post.onabort = function () { done("", ""); };
    post.onloadend = function () { window.clearTimeout(bound); };
    post.send(body);
    heard();
  }
  function ahead(input, tell, over) {
    var files = Array.prototype.slice.call(input.files), left = [], refused = [], round = {};
    input.round = round;
    function finish() {
      var how = leave(input, left);
      input.round = null;
      tell(refused.join("") + (left.length ? left.length + "张没有传上去，" + how : refused.length ? "" : "已全部上传。"));
      over(refused.length > 0 || (left.length > 0 && !input.files.length));
    }
    function send(n, file, so) {
      upload(input, file, function (part) { tell(so + "，" + part + "%"); }, function (digest, why) {
        if (digest) { carry(input, digest, files[n].name); } else if (why) { refused.push(why); } else { left.push(file); }
        next(n + 1);
      });
    }
    function next(n) {
      if (input.round !== round) { return; }
      if (n === files.length) {
        finish();
        return;
      }
      var so = "正在上传第" + (n + 1) + "/" + files.length + "张";
      tell(so);
      window.lianbanShrink(files[n], function (file) {
        if (input.round !== round) { return; }
        var why = tooLarge(input, files[n], file);
        if (why) {
          refused.push(why);
          next(n + 1);
        } else {
          send(n, file, so);
        }
      });
    }
    next(0);
  }
  // Pressed while photos are on their way, the button waits for them; where one was not taken a person looks first.
  function patient(input) {
    var form = input.form, waiting = null;
    form.addEventListener("submit", function (event) {
      if (!input.round) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = document.activeElement;
      form.setAttribute("aria-busy", "true");
    });
    return function (isIncomplete) {
      var button = form.contains(waiting) && waiting.type === "submit" ? waiting : form.querySelector("button[type=submit]");
      form.removeAttribute("aria-busy");
      if (waiting && !isIncomplete) { button.click(); }
      waiting = null;
    };
  }
  each(document.querySelectorAll("input[type=file][data-upload]"), function (input) {
    var tell = said(input), over = patient(input);
    input.addEventListener("change", function () {
      if (input.files.length) { ahead(input, tell, over); }
    });
    input.form.addEventListener("photos-kept", function (event) {
      drop(input.form);
      event.detail.forEach(function (digest, n) { carry(input, digest, "照片" + (n + 1)); });
    });
  });
})();
