/* Records a voice note into the file field of its form. The field and its form do the rest, with or without this. */
const LONGEST = 300_000;
// Safari records MP4, the others WebM; the server takes either.
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const box = document.querySelector("[data-recorder]");
const field = box && document.getElementById(box.dataset.for);
const state = box?.querySelector("[data-state]");
const clock = box?.querySelector("[data-clock]");
const button = (act) => box.querySelector(`[data-act="${act}"]`);
let recorder = null;
let ticking = 0;
let playing = null;

/* Says how things are, and shows what can be done now. */
function show(words, ...acts) {
  state.textContent = box.dataset[words];
  const held = box.contains(document.activeElement);
  for (const each of box.querySelectorAll("[data-act]")) each.hidden = !acts.includes(each.dataset.act);
  box.classList.toggle("on", words === "recording");
  if (held) button(acts[0]).focus();
}

function tell(ms) {
  const seconds = Math.floor(ms / 1000);
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

async function record() {
  let sound;
  try {
    sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    show("refused", "record");
    return;
  }
  discard();
  const parts = [];
  const began = Date.now();
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  recorder = new MediaRecorder(sound, { mimeType: kind, audioBitsPerSecond: 64_000 });
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => {
    sound.getTracks().forEach((track) => track.stop());
    clearInterval(ticking);
    keep(new Blob(parts, { type: recorder.mimeType }), Date.now() - began);
  };
  recorder.start();
  tell(0);
  ticking = setInterval(() => {
    tell(Date.now() - began);
    if (Date.now() - began >= LONGEST) stop();
  }, 250);
  show("recording", "stop");
}

function stop() {
  if (recorder?.state === "recording") recorder.stop();
}

/* The recording becomes the file that the form sends, as if it had been chosen. */
function keep(blob, ms) {
  const files = new DataTransfer();
  files.items.add(new File([blob], "voice", { type: blob.type }));
  put(files.files);
  show(ms >= LONGEST ? "longest" : "ready", "listen", "record", "discard");
}

/* The field's own event, as when somebody chooses a file; `change` is left to those who do. */
function put(files) {
  field.files = files;
  field.dispatchEvent(new Event("input"));
}

/* Played without an address for it, which the page's policy would not allow. */
async function listen() {
  hush();
  const audio = new AudioContext();
  playing = audio;
  const source = new AudioBufferSourceNode(audio, { buffer: await audio.decodeAudioData(await field.files[0].arrayBuffer()) });
  source.connect(audio.destination);
  source.onended = () => { if (playing === audio) hush(); };
  source.start();
}

function hush() {
  playing?.close();
  playing = null;
}

function discard() {
  hush();
  put(new DataTransfer().files);
  tell(0);
}

if (field && window.MediaRecorder && navigator.mediaDevices?.getUserMedia) {
  const acts = { record, stop, listen, discard: () => { discard(); show("gone", "record"); } };
  box.hidden = false;
  box.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  field.addEventListener("change", () => { hush(); tell(0); show("idle", "record"); });
  // Whoever leaves the page while it records leaves with the microphone off and nothing kept.
  addEventListener("pagehide", () => { if (recorder) recorder.onstop = null; recorder?.stream.getTracks().forEach((track) => track.stop()); hush(); });
}
