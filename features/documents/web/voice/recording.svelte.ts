// A recording of one's voice: kept on this device while one speaks, so that a page that closes loses a second at most.
import { ticks } from '#platform/clock'
import { dropFile, keepFile, keptFile } from '../kept-files.ts'

export type RecordingState =
  | 'idle'
  | 'asking'
  | 'recording'
  | 'paused'
  | 'recorded'
  | 'refused'
  | 'missing'
  | 'busy'
  | 'unsupported'

// What every browser plays comes first; WebM is what Firefox and older Chromes record.
const formats: [type: string, extension: string][] = [
  ['audio/mp4;codecs=mp4a.40.2', 'm4a'],
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg;codecs=opus', 'ogg'],
]
const why: Record<string, RecordingState> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** `keepAs` names it on this device; `longest` in seconds; `fileName` without extension. */
export function openRecording({
  keepAs,
  longest,
  fileName,
}: {
  keepAs: string
  longest: number
  fileName: () => string
}) {
  const name = `voice.${keepAs}`
  let state = $state<RecordingState>('idle')
  let seconds = $state(0)
  let level = $state(0)
  let silent = $state(false)
  let file = $state.raw<File | null>(null)
  let recorder: MediaRecorder | null = null
  let stream: MediaStream | null = null
  let context: AudioContext | null = null
  let pieces: Blob[] = []
  let since = 0
  let before = 0
  let heardAt = 0
  let frame = 0
  let extension = 'webm'

  void keptFile(name).then((left) => {
    if (!left || state !== 'idle') return
    file = left
    state = 'recorded'
  })

  function listen(source: MediaStream): void {
    context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 512
    context.createMediaStreamSource(source).connect(analyser)
    const samples = new Uint8Array(analyser.fftSize)
    const look = () => {
      analyser.getByteTimeDomainData(samples)
      const power = samples.reduce((sum, s) => sum + (s - 128) ** 2, 0) / samples.length
      level = Math.min(1, Math.sqrt(power) / 40)
      if (state === 'recording') {
        seconds = before + (ticks() - since) / 1000
        if (level > 0.03) heardAt = ticks()
        silent = ticks() - heardAt > 4_000
        if (seconds >= longest) stop()
      }
      frame = requestAnimationFrame(look)
    }
    look()
  }
  function letGo(): void {
    cancelAnimationFrame(frame)
    for (const track of stream?.getTracks() ?? []) track.stop()
    void context?.close()
    stream = null
    context = null
    recorder = null
    level = 0
    silent = false
  }
  function made(): File {
    const [piece] = pieces
    return new File(pieces, `${fileName()}.${extension}`, { type: piece?.type.split(';')[0] ?? 'audio/webm' })
  }

  async function start(): Promise<void> {
    const format = formats.find(([type]) => globalThis.MediaRecorder?.isTypeSupported(type))
    if (!format || !navigator.mediaDevices) {
      state = 'unsupported'
      return
    }
    state = 'asking'
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true },
      })
    } catch (error) {
      state = why[(error as Error).name] ?? 'refused'
      return
    }
    pieces = []
    extension = format[1]
    recorder = new MediaRecorder(stream, { mimeType: format[0], audioBitsPerSecond: 48_000 })
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return
      pieces.push(data)
      if (pieces.length % 3 === 0) void keepFile(name, made())
    }
    recorder.onstop = ended
    // The microphone was pulled out, or taken by a call.
    for (const track of stream.getTracks()) track.onended = stop
    recorder.start(1_000)
    file = null
    before = 0
    since = ticks()
    heardAt = since
    state = 'recording'
    listen(stream)
  }
  function ended(): void {
    letGo()
    if (pieces.length === 0) {
      state = 'idle'
      return
    }
    file = made()
    state = 'recorded'
    void keepFile(name, file)
  }
  function stop(): void {
    if (recorder && recorder.state !== 'inactive') recorder.stop()
  }
  function drop(): void {
    if (recorder) recorder.onstop = null
    stop()
    letGo()
    pieces = []
    file = null
    seconds = 0
    state = 'idle'
    void dropFile(name)
  }

  return {
    get state() {
      return state
    },
    get seconds() {
      return seconds
    },
    /** 0 to 1. */
    get level() {
      return level
    },
    /** Nothing was heard for some seconds. */
    get silent() {
      return silent
    },
    get file() {
      return file
    },
    start,
    pause(): void {
      recorder?.pause()
      before = seconds
      state = 'paused'
    },
    resume(): void {
      recorder?.resume()
      since = ticks()
      heardAt = since
      state = 'recording'
    },
    stop,
    /** Forgets it, here and on the device. */
    drop,
  }
}
