// The first screen's English, in one file.
import './shell-english.ts'
import '#feature/today/web/texts-english.ts'
