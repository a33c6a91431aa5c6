/**
 * One recording of the microphone: as the browser compresses it (WebM, Ogg or MP4, all of which the server reads), with a
 * level to show and an end when nothing more is said.
 */

/** A question takes no longer (milliseconds); the server refuses more. */
const LONGEST = 30_000;
/** A pause for thought is shorter than this, waiting for something to happen is longer (milliseconds). */
const SILENCE = 2_000;
/** Who has said nothing by then pressed by mistake, or the microphone is off (milliseconds). */
const NOTHING = 8_000;
const LOOK = 50;
/** A whisper close to a telephone, and how far above the room's own noise a voice is (root mean square, 1 is full). */
const SOFTEST = 0.012;
const ABOVE_NOISE = 2.5;
/** The noise is what was lowest of late: without anything lower it counts for this much more with each look. */
const FORGET = 1.01;
/** A voice at a usual distance; what is louder fills the meter. */
const LOUD = 0.15;
/** Speech is whole at this rate (bits a second): half a minute takes 90 kB. */
const BITS = 24_000;

const FORMATS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

export class Recorder {
  #onLevel;
  #onEnd;
  #stream = null;
  #context = null;
  #recorder = null;
  #looking = 0;
  #pieces = [];
  #closed = false;

  /**
   * @param {(level: number) => void} onLevel how loud it is now, 0 to 1
   * @param {(spoke: boolean) => void} onEnd when it should be ended: silence after speech, or none at all, or time is up
   */
  constructor(onLevel, onEnd) {
    this.#onLevel = onLevel;
    this.#onEnd = onEnd;
  }

  /** Ask for the microphone and begin. Rejects with the browser's DOMException; gives false when it was closed meanwhile. */
  async begin() {
    const context = new AudioContext(); // within the press, for some browsers start none later
    this.#context = context;
    try {
      const wanted = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio: wanted });
    } catch (error) {
      this.close();
      throw error;
    }
    if (this.#closed) {
      this.close();
      return false;
    }
    this.#record();
    this.#watch(context);
    return true;
  }

  /** End it. @returns {Promise<Blob>} what was recorded */
  async end() {
    const recorder = this.#recorder;
    clearInterval(this.#looking);
    if (recorder.state !== 'inactive') {
      const over = new Promise((done) => recorder.addEventListener('stop', done, { once: true }));
      recorder.stop();
      await over;
    }
    this.close();
    return new Blob(this.#pieces, { type: recorder.mimeType });
  }

  /** Let go of the microphone; what was recorded is dropped. */
  close() {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#context?.close();
    this.#context = null;
  }

  #record() {
    const mimeType = FORMATS.find((each) => MediaRecorder.isTypeSupported(each));
    this.#recorder = new MediaRecorder(this.#stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data));
    this.#recorder.start();
  }

  #watch(context) {
    const ear = context.createAnalyser();
    ear.fftSize = 1024;
    context.createMediaStreamSource(this.#stream).connect(ear);
    const wave = new Float32Array(ear.fftSize);
    const began = performance.now();
    const silence = new Silence(began);
    const track = this.#stream.getAudioTracks()[0];
    this.#looking = setInterval(() => {
      ear.getFloatTimeDomainData(wave);
      const level = Math.sqrt(wave.reduce((sum, each) => sum + each * each, 0) / wave.length);
      this.#onLevel(Math.min(1, level / LOUD));
      const now = performance.now();
      // A context that the browser keeps asleep measures nothing: then a press or the time ends it.
      const quiet = context.state === 'running' && silence.after(level, now);
      if (quiet || now - began > LONGEST || track.readyState === 'ended') {
        clearInterval(this.#looking);
        this.#onEnd(silence.spoke || context.state !== 'running');
      }
    }, LOOK);
  }
}

/** Tells speech from the room's noise by how loud it is. */
class Silence {
  spoke = false;
  #since;
  #noise = 1;

  constructor(now) {
    this.#since = now;
  }

  /** Whether nothing more is to come. */
  after(level, now) {
    this.#noise = Math.min(level, this.#noise * FORGET);
    if (level > Math.max(SOFTEST, this.#noise * ABOVE_NOISE)) {
      this.spoke = true;
      this.#since = now;
    }
    return now - this.#since > (this.spoke ? SILENCE : NOTHING);
  }
}
