// Answers with a file of the web shell, in the densest form that the browser reads.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { accepts } from '../request/accepts.ts'
import { matches } from '../sheets/answer.ts'
import type { Asset } from './folder.ts'

/** Sends an asset, or says that the browser's copy still holds. */
export function answerAsset(req: IncomingMessage, res: ServerResponse, asset: Asset): void {
  if (matches(req.headers['if-none-match'], asset.etag)) {
    res.writeHead(304, asset.unchanged as string[])
    res.end()
    return
  }
  const codings = req.headers['accept-encoding']
  const coded =
    (asset.br && accepts('br', codings) && asset.br) ||
    (asset.gzip && accepts('gzip', codings) && asset.gzip) ||
    asset.plain
  res.writeHead(200, coded.head as string[])
  res.end(req.method === 'HEAD' ? undefined : coded.body)
}
