// A photo as it is sent: no larger than a screen shows it, upright, a JPEG. What a browser cannot draw goes as it is.
(function () {
  "use strict";
  var LONGEST = 1600, LIGHT = 1024 * 1024, QUALITY = 0.85, HEAD = 512 * 1024, EXIF = 0x45786966, ORIENTATION = 0x0112;
  var UPRIGHT = {
    2: [-1, 0, 0, 1, 1, 0], 3: [-1, 0, 0, -1, 1, 1], 4: [1, 0, 0, -1, 0, 1], 5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, 1, 0], 7: [0, -1, -1, 0, 1, 1], 8: [0, -1, 1, 0, 0, 1]
  };

  function orientation(view, at) {
    var little = view.getUint16(at) === 0x4949, first = at + view.getUint32(at + 4, little);
    for (var n = 0; n < view.getUint16(first, little); n++) {
      if (view.getUint16(first + 2 + 12 * n, little) === ORIENTATION) {
        return view.getUint16(first + 10 + 12 * n, little);
      }
    }
    return 1;
  }
  function jpeg(view) {
    var seen = { plain: true, turn: 1, width: 0, height: 0 }, at = 2;
    while (at + 12 < view.byteLength && view.getUint8(at) === 0xff) {
      var marker = view.getUint8(at + 1), ends = at + 2 + view.getUint16(at + 2);
      if (marker >= 0xc0 && marker <= 0xcf && [0xc4, 0xc8, 0xcc].indexOf(marker) < 0) {
        seen.height = view.getUint16(at + 5);
        seen.width = view.getUint16(at + 7);
        return seen;
      }
      if (marker === 0xe1 && view.getUint32(at + 4) === EXIF) {
        seen.exif = [at, ends];
        try { seen.turn = orientation(view, at + 10); } catch (broken) { seen.turn = 1; }
      }
      at = ends;
    }
    return seen;
  }
  function look(view) {
    if (view.byteLength > 24 && view.getUint16(0) === 0xffd8) { return jpeg(view); }
    if (view.byteLength > 24 && view.getUint32(0) === 0x89504e47) {
      return { plain: true, turn: 1, width: view.getUint32(16), height: view.getUint32(20) };
    }
    return { plain: false, turn: 1, width: 0, height: 0 };
  }
  function isSmall(seen) {
    return seen.plain && seen.width > 0 && Math.max(seen.width, seen.height) <= LONGEST;
  }
  // Browsers do not agree on who heeds the orientation: without it there is nothing to heed, and it is done here.
  function unturned(file, seen) {
    return seen.exif ? new Blob([file.slice(0, seen.exif[0]), file.slice(seen.exif[1])], { type: "image/jpeg" }) : file;
  }
  function drawn(bitmap, turn) {
    var share = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height)), canvas = document.createElement("canvas");
    var wide = Math.max(1, Math.round(bitmap.width * share)), high = Math.max(1, Math.round(bitmap.height * share));
    var how = UPRIGHT[turn], isOnItsSide = turn > 4 && how, brush = canvas.getContext("2d");
    canvas.width = isOnItsSide ? high : wide;
    canvas.height = isOnItsSide ? wide : high;
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.imageSmoothingQuality = "high";
    if (how) {
      brush.setTransform(how[0], how[1], how[2], how[3], how[4] * canvas.width, how[5] * canvas.height);
    }
    brush.drawImage(bitmap, 0, 0, wide, high);
    if (bitmap.close) { bitmap.close(); }
    return canvas;
  }
  function named(name) { return name.replace(/\.[^.]*$/, "") + ".jpg"; }

  // `done` is given the photo to send: drawn anew, or the file as it was chosen.
  window.lianbanShrink = function (file, done) {
    var reader = new FileReader();
    function asItIs() { done(file); }
    function draw(seen) {
      return window.createImageBitmap(unturned(file, seen)).then(function (bitmap) {
        var canvas = drawn(bitmap, seen.turn);
        canvas.toBlob(function (blob) {
          canvas.width = canvas.height = 0;
          var isWorse = !blob || blob.type !== "image/jpeg" || (isSmall(seen) && blob.size >= file.size);
          done(isWorse ? file : new File([blob], named(file.name), { type: "image/jpeg" }));
        }, "image/jpeg", QUALITY);
      });
    }
    reader.onerror = asItIs;
    reader.onload = function () {
      var seen = look(new DataView(reader.result));
      if ((isSmall(seen) && file.size <= LIGHT) || !window.createImageBitmap) {
        asItIs();
      } else {
        draw(seen).catch(asItIs);
      }
    };
    reader.readAsArrayBuffer(file.slice(0, HEAD));
  };
})();
