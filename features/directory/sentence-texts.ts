// What each problem and each refusal of an import is called in French and in English.
import type { ImportRefusal, ProblemCode } from './contract.ts'

type Facts = Readonly<Record<string, string | number>>
type Texts<T> = { fr: (of: T) => string; en: (of: T) => string }

const plain = (fr: string, en: string): Texts<string> => ({ fr: () => fr, en: () => en })
const quoted = (fr: (value: string) => string, en: (value: string) => string): Texts<string> => ({
  fr: (value) => fr(value ? `« ${value} »` : 'd’autres valeurs'),
  en: (value) => en(value ? `“${value}”` : 'other values'),
})

export const problemTexts: Record<ProblemCode, Texts<string>> = {
  'value-missing': plain('une valeur indispensable manque', 'a value that is needed is missing'),
  'value-too-long': plain('valeur trop longue', 'value too long'),
  'date-invalid': plain(
    'date illisible ; il faut AAAA-MM-JJ',
    'a date that cannot be read; it should be YYYY-MM-DD',
  ),
  'cells-too-many': plain('plus de cellules que de colonnes', 'more cells than columns'),
  'cells-too-few': plain('moins de cellules que de colonnes', 'fewer cells than columns'),
  orphan: quoted(
    (v) => `renvoie à ${v}, qui n’est ni dans l’export ni dans Préau`,
    (v) => `refers to ${v}, which is neither in the export nor in Préau`,
  ),
  'class-deleted': quoted(
    (v) => `la classe ${v} est marquée « tobedeleted » dans classes.csv`,
    (v) => `the class ${v} is marked “tobedeleted” in classes.csv`,
  ),
  duplicate: plain(
    'cet identifiant figure déjà plus haut ; la première ligne compte',
    'this identifier stands further up already; the first row counts',
  ),
  'duplicate-enrollment': plain(
    'cette personne est déjà inscrite dans cette classe, dans ce rôle',
    'this person is already enrolled in this class in this role',
  ),
  'username-twice': plain(
    'nom d’utilisateur donné à plusieurs personnes du fichier ; la première l’obtient',
    'user name given to several people of the file; the first gets it',
  ),
  'outside-school': quoted(
    (v) => (v.startsWith('«') ? `${v} n’est pas de cet établissement` : 'n’est pas de cet établissement'),
    (v) => (v.startsWith('“') ? `${v} is not of this school` : 'is not of this school'),
  ),
  'username-taken': plain(
    'nom d’utilisateur déjà pris dans Préau par quelqu’un d’autre ; choisissez-en un autre dans le logiciel d’origine',
    'user name already taken in Préau by somebody else; choose another one in the system of origin',
  ),
  'value-assumed': plain(
    'valeur absente ou illisible ; la valeur usuelle a été prise',
    'value missing or not readable; the usual one was taken',
  ),
  'value-cut': plain('valeur trop longue, raccourcie', 'value too long, shortened'),
  'value-unknown': quoted(
    (v) => `${v} n’est pas un mot de la norme ; conservé tel quel`,
    (v) => `${v} is no word of the standard; kept as it is`,
  ),
  'date-dropped': plain('date illisible, ignorée', 'a date that cannot be read, left out'),
  'status-empty': plain(
    'le statut est vide dans un fichier différentiel ; lu comme « active »',
    'the status is empty in a delta file; read as “active”',
  ),
  'status-inactive': plain(
    '« inactive » ne fait plus partie de la norme ; lu comme « tobedeleted »',
    '“inactive” is no longer part of the standard; read as “tobedeleted”',
  ),
  'reference-unknown': quoted(
    (v) => `renvoie à ${v}, introuvable ; la ligne est prise sans ce lien`,
    (v) => `refers to ${v}, which is not there; the row is taken without this link`,
  ),
  'reference-circular': quoted(
    (v) => `l’organisation se retrouve au-dessus d’elle-même, par ${v}`,
    (v) => `the organisation stands above itself, by way of ${v}`,
  ),
  'code-twice': quoted(
    (v) => `deux établissements ont le même code ${v} : vérifiez lequel est le bon`,
    (v) => `two schools have the same code ${v}: check which is right`,
  ),
  'session-reversed': quoted(
    (v) => `la période finit avant de commencer (fin ${v})`,
    (v) => `the period ends before it starts (it ends ${v})`,
  ),
  'class-outside-school': quoted(
    (v) => `la classe dépend d’une organisation de type ${v}, non d’un établissement (« school »)`,
    (v) => `the class belongs to an organisation of type ${v}, not to a school`,
  ),
  'enrollment-school-differs': plain(
    'l’établissement n’est pas celui de la classe ; celui de la classe compte',
    'the school is not that of the class; the class’s counts',
  ),
  'enrollment-over': quoted(
    (v) => `inscription déjà terminée (${v}) : la personne ne verra pas la classe`,
    (v) => `enrollment already over (${v}): the person will not see the class`,
  ),
  'enrollment-not-pupil': plain(
    'inscrite comme élève, cette personne n’a pas la fonction d’élève',
    'enrolled as a pupil, this person does not have the role of one',
  ),
  'agent-unrelated': plain(
    'ces deux personnes ne sont pas un élève et un responsable ; aucun lien n’est créé',
    'these two are not a pupil and a guardian; no link was made',
  ),
  'user-without-role': plain(
    'personne sans aucune fonction : elle n’aura accès à rien',
    'somebody without any role: there will be nothing to see for them',
  ),
  'column-unknown': quoted(
    (v) => `colonne inconnue ${v}, non lue (faute de frappe ?)`,
    (v) => `unknown column ${v}, not read (misspelt?)`,
  ),
  'column-missing': plain('cette colonne manque', 'this column is missing'),
  'column-twice': plain(
    'cette colonne figure deux fois ; la première compte',
    'this column stands twice; the first counts',
  ),
  'file-not-imported': plain(
    'fichier non importé : Préau ne s’en sert pas',
    'file not imported: Préau has no use for it',
  ),
  'file-undeclared': plain(
    'fichier présent, mais absent d’après manifest.csv ; non lu',
    'the file is there, but absent according to manifest.csv; not read',
  ),
  'file-not-ours': plain(
    'ce fichier ne fait pas partie de OneRoster ; non lu',
    'this file is not part of OneRoster; not read',
  ),
  'demographics-ignored': plain(
    'non lu : Préau ne garde ni origine, ni sexe, ni date de naissance',
    'not read: Préau keeps neither origin, nor sex, nor date of birth',
  ),
  'passwords-not-read': plain(
    'l’export contient des mots de passe en clair ; ils n’ont pas été lus. Détruisez l’export après usage et demandez à son éditeur de ne plus les y mettre',
    'the export holds passwords in the clear; they were not read. Destroy it after use and ask its maker to leave them out',
  ),
  'source-unnamed': quoted(
    (v) => `l’export ne dit pas d’où il vient ; il est rangé sous ${v}. Vous pouvez le nommer avec --source`,
    (v) =>
      `the export does not say where it comes from; it is kept under ${v}. You can name it with --source`,
  ),
  'nobody-disabled': plain(
    'sans la liste des établissements, personne n’est désactivé pour cause d’absence',
    'without the list of schools, nobody is disabled for being missing',
  ),
  'file-empty': plain(
    'le fichier est vide ; par prudence, rien de ce qui manque n’est désactivé',
    'the file is empty; to be safe, nothing that is missing is disabled',
  ),
  'delta-status-column': plain(
    'sans colonne « status », un fichier différentiel ne peut rien désactiver',
    'without a “status” column a delta file cannot disable anything',
  ),
}

/** "users.csv, line 12", as far as it is known. */
const at = (facts: Facts, line: string) =>
  facts.line === undefined ? `${facts.file}` : `${facts.file}, ${line} ${facts.line}`
const faulty = (fr: string, en: string): Texts<Facts> => ({
  fr: (facts) => `${at(facts, 'ligne')} : ${fr} Rien n’a été modifié.`,
  en: (facts) => `${at(facts, 'line')}: ${en} Nothing was changed.`,
})
const whole = (fr: string, en: string): Texts<Facts> => ({ fr: () => fr, en: () => en })

const frKinds: Record<string, string> = { person: 'comptes', class: 'classes', enrollment: 'inscriptions' }
const enKinds: Record<string, string> = { person: 'accounts', class: 'classes', enrollment: 'enrollments' }

/** How much of a school would be disabled. */
export const disablingTexts: Texts<Facts> = {
  fr: ({ school, kind = '', disabled, of }) =>
    `${school} : ${disabled} ${frKinds[kind]} sur ${of} seraient désactivés.`,
  en: ({ school, kind = '', disabled, of }) =>
    `${school}: ${disabled} of ${of} ${enKinds[kind]} would be disabled.`,
}

export const refusalTexts: Record<ImportRefusal, Texts<Facts>> = {
  'directory.not-found': whole('Ce dossier ou ce fichier n’existe pas.', 'There is no such folder or file.'),
  'directory.not-an-export': whole(
    'Ce n’est ni un dossier ni un fichier zip. Donnez l’export OneRoster entier, non un seul de ses fichiers.',
    'This is neither a folder nor a zip. Give the whole OneRoster export, not one of its files.',
  ),
  'directory.manifest-missing': whole(
    'manifest.csv manque : ce n’est pas un export OneRoster 1.1 ou 1.2 complet. Exportez à nouveau, au format OneRoster CSV.',
    'manifest.csv is missing: this is no complete OneRoster 1.1 or 1.2 export. Export again, as OneRoster CSV.',
  ),
  'directory.manifest-invalid': {
    fr: ({ column }) =>
      `manifest.csv est illisible${column ? ` (${column} doit être bulk, delta ou absent)` : ''}. Rien n’a été modifié.`,
    en: ({ column }) =>
      `manifest.csv cannot be read${column ? ` (${column} must be bulk, delta or absent)` : ''}. Nothing was changed.`,
  },
  'directory.version-unknown': {
    fr: ({ value }) => `manifest.csv annonce la version « ${value} » ; Préau lit OneRoster 1.1 et 1.2.`,
    en: ({ value }) => `manifest.csv says version “${value}”; Préau reads OneRoster 1.1 and 1.2.`,
  },
  'directory.file-missing': {
    fr: ({ file }) =>
      `${file} manque, ou manifest.csv ne l’annonce pas comme il est. L’export est incomplet ; rien n’a été modifié.`,
    en: ({ file }) =>
      `${file} is missing, or is not what manifest.csv says. The export is incomplete; nothing was changed.`,
  },
  'directory.column-missing': {
    fr: ({ file, column }) =>
      `${file} : la colonne « ${column} » manque, et Préau ne peut s’en passer. Rien n’a été modifié.`,
    en: ({ file, column }) =>
      `${file}: the column “${column}” is missing, and Préau cannot do without it. Nothing was changed.`,
  },
  'directory.separator': faulty(
    'les colonnes sont séparées par des points-virgules ; OneRoster demande des virgules.',
    'the columns are separated by semicolons; OneRoster asks for commas.',
  ),
  'directory.not-utf8': faulty(
    'le texte n’est pas en UTF-8. Enregistrez le fichier en « CSV UTF-8 ».',
    'the text is not UTF-8. Save the file as “CSV UTF-8”.',
  ),
  'directory.nul-byte': faulty(
    'le fichier contient un octet nul ; il est abîmé.',
    'the file holds a NUL byte; it is damaged.',
  ),
  'directory.broken-quotes': faulty(
    'un guillemet n’est pas fermé, ou mal placé.',
    'a quotation mark is not closed, or stands where it cannot.',
  ),
  'directory.cell-too-long': faulty('une cellule est démesurée.', 'a cell is far too long.'),
  'directory.row-too-long': faulty(
    'une ligne est démesurée, ou un guillemet n’est pas fermé.',
    'a row is far too long, or a quotation mark is not closed.',
  ),
  'directory.too-many-columns': faulty('il y a trop de colonnes.', 'there are too many columns.'),
  'directory.zip-damaged': whole(
    'Le fichier zip est abîmé. Téléchargez-le à nouveau.',
    'The zip is damaged. Download it again.',
  ),
  'directory.zip-encrypted': whole(
    'Le fichier zip est protégé par un mot de passe. Extrayez-le et donnez le dossier.',
    'The zip is protected by a password. Extract it and give the folder.',
  ),
  'directory.unsafe-path': whole(
    'L’export contient un chemin ou un lien qui sort de son dossier. Par prudence, rien n’en a été lu.',
    'The export holds a path or link that leads out of its folder. To be safe, nothing of it was read.',
  ),
  'directory.file-twice': {
    fr: ({ file }) => `${file} figure deux fois dans l’export.`,
    en: ({ file }) => `${file} stands twice in the export.`,
  },
  'directory.too-many-files': whole(
    'Le fichier zip contient trop de fichiers.',
    'There are too many files in the zip.',
  ),
  'directory.too-large': whole(
    'L’export, une fois décompressé, est démesuré.',
    'Decompressed, the export is far too large.',
  ),
  'directory.zip-bomb': {
    fr: ({ file }) =>
      `${file} se décompresse sans mesure : ce fichier zip est un piège. Rien n’a été modifié.`,
    en: ({ file }) => `${file} decompresses beyond measure: this zip is a trap. Nothing was changed.`,
  },
  'directory.other-source': {
    fr: ({ source, found }) =>
      `L’annuaire de cet établissement vient de « ${source} », ce fichier de « ${found} ». Rien n’a été modifié. Si le logiciel a changé, demandez à qui gère Préau de faire cet import.`,
    en: ({ source, found }) =>
      `This school’s directory comes from “${source}”, this file from “${found}”. Nothing was changed. If the program has changed, ask whoever runs Préau to do this import.`,
  },
  'directory.other-school': {
    fr: ({ school }) =>
      `Ce fichier n’est pas celui de cet établissement${school ? ` (${school})` : ''}. Rien n’a été modifié. Vérifiez le code de l’établissement dans orgs.csv.`,
    en: ({ school }) =>
      `This file is not of this school${school ? ` (${school})` : ''}. Nothing was changed. Check the school’s code in orgs.csv.`,
  },
  'directory.disables-many': {
    fr: (facts) => `${disablingTexts.fr(facts)} Rien n’a été modifié : c’est plus d’un dixième.`,
    en: (facts) => `${disablingTexts.en(facts)} Nothing was changed: it is more than a tenth.`,
  },
  'directory.import-running': whole(
    'Un autre import est en cours. Attendez qu’il soit terminé.',
    'Another import is running. Wait until it is done.',
  ),
}
