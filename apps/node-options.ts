// How our long-running programs start Node. Each is one event loop beside others on the same cores, through which many
// short-lived buffers pass; measured with the benchmark `uploads`, and `morning` still meets its goals with them.

/** V8's options for a workspace or a door, before the name of the program. */
export const nodeOptions = [
  // More collectors than one take the cores from the other programs: an upload's megabyte cost a quarter more.
  '--v8-pool-size=1',
  // Buffers count for the heap's limit. With a limit of their own each 64 MB of passing bytes had the whole heap marked,
  // which was nearly half of what an upload cost.
  '--external-memory-accounted-in-global-limit',
  // A young generation of 4 MB is swept early, and buffers that are done with go with it: 100 MB less at the peak.
  '--max-semi-space-size=4',
]
