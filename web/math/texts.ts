// Words for writing formulas.
import { texts, type Words } from '../texts/language.svelte.ts'
import type { Wrong } from './render.ts'

const fr = {
  formula: 'Formule',
  label: 'Formule, en LaTeX',
  example: '\\frac{a}{b} = \\sqrt{2}',
  put: 'Insérer',
  change: 'Remplacer',
  leave: 'Annuler',
  signs: {
    '\\frac{}{}': 'Fraction',
    '\\sqrt{}': 'Racine carrée',
    '^{}': 'Exposant',
    '_{}': 'Indice',
    '\\times ': 'Fois',
    '\\leq ': 'Inférieur ou égal',
    '\\neq ': 'Différent de',
    '\\pi ': 'Pi',
    '\\vec{}': 'Vecteur',
    '\\sum_{}^{}': 'Somme',
    '\\int_{}^{}': 'Intégrale',
  },
  wrong: (wrong: Wrong) => {
    if (wrong.kind === 'command') return `« ${wrong.what} » n’est pas une commande connue.`
    if (wrong.kind === 'end') return 'La formule s’arrête trop tôt : il manque sans doute « } ».'
    if (wrong.kind === 'long') return 'La formule est trop longue : coupez-la en plusieurs.'
    return `La formule ne se lit pas à partir de « ${wrong.what} ».`
  },
}

const en: Words<typeof fr> = {
  formula: 'Formula',
  label: 'Formula, in LaTeX',
  example: '\\frac{a}{b} = \\sqrt{2}',
  put: 'Insert',
  change: 'Replace',
  leave: 'Cancel',
  signs: {
    '\\frac{}{}': 'Fraction',
    '\\sqrt{}': 'Square root',
    '^{}': 'Exponent',
    '_{}': 'Index',
    '\\times ': 'Times',
    '\\leq ': 'Less than or equal',
    '\\neq ': 'Not equal',
    '\\pi ': 'Pi',
    '\\vec{}': 'Vector',
    '\\sum_{}^{}': 'Sum',
    '\\int_{}^{}': 'Integral',
  },
  wrong: (wrong) => {
    if (wrong.kind === 'command') return `“${wrong.what}” is not a command that is known.`
    if (wrong.kind === 'end') return 'The formula ends too early: a “}” is probably missing.'
    if (wrong.kind === 'long') return 'The formula is too long: split it.'
    return `The formula cannot be read from “${wrong.what}” on.`
  },
}

export const mathTexts = texts(fr, en)
