// Starts the web: what shows today's page is asked for before anything is drawn.
import './theme.svelte.ts'
import { mount } from 'svelte'
import { askToSignIn } from './api.ts'
import { pages } from './pages.ts'
import { route, startRouter } from './router.svelte.ts'
import Shell from './Shell.svelte'
import { views } from './views.svelte.ts'

startRouter(pages)
const open = ['/sign-in', '/activate', '/gallery']
if (!views().length && !open.includes(route().url.pathname)) askToSignIn()

const target = document.getElementById('app')
if (target) {
  target.replaceChildren()
  mount(Shell, { target })
}
