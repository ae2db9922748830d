// The bundler's run: fonts, then pages, into the folder that is named. build.ts starts it when something has changed.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { makeFonts } from './font.ts'
import config from './vite.config.ts'

const outDir = process.argv[2]
if (!outDir) throw new Error('name the folder to build into')
const root = fileURLToPath(new URL('..', import.meta.url))
await makeFonts(root, join(root, 'web/generated'))
await build({ ...config, configFile: false, build: { ...config.build, outDir } })
