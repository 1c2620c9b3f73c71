/* The signature is drawn with finger, pen or mouse; it goes with the form as a small picture. Without it the name alone signs. */
"use strict";
(() => {
  const canvas = document.querySelector("canvas[data-sign]");
  if (!canvas) return;
  const field = document.getElementById(canvas.dataset.sign), pen = canvas.getContext("2d");
  let drawing = false, drawn = false;

  function size() {
    const kept = drawn ? canvas.toDataURL("image/png") : "";
    const box = canvas.getBoundingClientRect();
    canvas.width = Math.round(box.width); canvas.height = Math.round(box.height);
    pen.lineWidth = 2.4; pen.lineCap = pen.lineJoin = "round"; pen.strokeStyle = "#17202a";
    if (kept) { const picture = new Image(); picture.onload = () => pen.drawImage(picture, 0, 0); picture.src = kept; }
  }

  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true; pen.beginPath(); pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    drawn = true; pen.lineTo(...at(event)); pen.stroke();
  });
  ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => {
    drawing = false;
    if (drawn) field.value = canvas.toDataURL("image/png");
  }));
  document.querySelector("[data-sign-clear]")?.addEventListener("click", () => {
    drawn = false; field.value = ""; pen.clearRect(0, 0, canvas.width, canvas.height);
  });
  size();
  window.addEventListener("resize", size);
})();
