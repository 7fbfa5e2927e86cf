// Sends photos ahead one by one while the form is filled in: the form then carries their digests.
// Without it, or where that fails, they go with the form.
(function () {
  "use strict";
  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function said(input, name) {
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
    } catch (old) {
      if (!files.length) { input.value = ""; }
    }
  }
  function upload(input, file, progress, done) {
    var post = new XMLHttpRequest(), body = new FormData();
    body.append("photos", file, file.name);
    post.open("POST", input.getAttribute("data-upload"));
    post.responseType = "json";
    post.upload.onprogress = function (event) {
      if (event.lengthComputable) { progress(Math.floor(100 * event.loaded / event.total)); }
    };
    post.onload = function () {
      var answer = post.status === 200 || post.status === 422 ? post.response : null;
      done(answer && answer.photo ? answer.photo : "", answer ? answer.why || "" : "");
    };
    post.onerror = post.onabort = post.ontimeout = function () { done("", ""); };
    post.send(body);
  }
  function ahead(input, tell) {
    var files = Array.prototype.slice.call(input.files), left = [], refused = [], round = {};
    input.round = round;
    function next(n) {
      if (input.round !== round) { return; }
      if (n === files.length) {
        leave(input, left);
        tell(refused.join("") + (left.length ? left.length + "张没有传上去，随表提交。" : refused.length ? "" : "已全部上传。"));
        return;
      }
      var so = "正在上传第" + (n + 1) + "张，共" + files.length + "张";
      tell(so);
      upload(input, files[n], function (part) { tell(so + "，" + part + "%"); }, function (digest, why) {
        if (digest) { carry(input, digest, files[n].name); } else if (why) { refused.push(why); } else { left.push(files[n]); }
        next(n + 1);
      });
    }
    next(0);
  }
  each(document.querySelectorAll("input[type=file][data-upload]"), function (input) {
    var tell = said(input);
    input.addEventListener("change", function () {
      if (input.files.length) { ahead(input, tell); }
    });
    input.form.addEventListener("photos-kept", function (event) {
      drop(input.form);
      event.detail.forEach(function (digest, n) { carry(input, digest, "照片" + (n + 1)); });
    });
  });
})();
