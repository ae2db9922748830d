// Starts the web: what shows today's page is asked for before anything is drawn.
import './styles/main.css'
import './theme.svelte.ts'
import { mount } from 'svelte'
import { askToSignIn } from './api.ts'
import { fetchTheRest } from './later.svelte.ts'
import { pages } from './pages.ts'
import { route, startRouter } from './router.svelte.ts'
import Shell from './Shell.svelte'
import { englishFrom, language, ready } from './texts/language.svelte.ts'
import { views } from './views.svelte.ts'

startRouter(pages)
englishFrom(() => import('./texts/english.ts'))
const open = ['/sign-in', '/activate', '/gallery']
if (!views().length && !open.includes(route().url.pathname)) askToSignIn()

const target = document.getElementById('app')
function begin(): void {
  if (!target) return
  target.replaceChildren()
  mount(Shell, { target })
  fetchTheRest()
}
// Without its English the page is shown in French rather than not at all.
if (language() === 'fr') begin()
else ready(language()).then(begin, begin)
