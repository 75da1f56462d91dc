import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** The keys of `IMI_SECRET` by their id. New secrets use the current one; older ones stay readable until they are sealed anew. */
export interface Keyring {
  current: string
  keys: Record<string, Buffer>
}

const derived = new WeakMap<Buffer, Map<string, KeyObject>>()

/** One key per purpose, so that a ciphertext of one kind can never pass for another. */
function keyFor(keyring: Keyring, id: string, purpose: string): KeyObject {
  const key = Object.hasOwn(keyring.keys, id) ? keyring.keys[id] : undefined
  if (!key) throw new Error(`No key "${id}" in IMI_SECRET. Put it back, or secrets sealed with it are lost.`)
  let purposes = derived.get(key)
  if (!purposes) derived.set(key, (purposes = new Map<string, KeyObject>()))
  let made = purposes.get(purpose)
  if (!made) purposes.set(purpose, (made = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', purpose, 32)))))
  return made
}

/** Encrypts with AES-256-GCM under the current key; the key's id stands in front. `context` must be the same when unsealing. */
export function seal(keyring: Keyring, plain: string, context: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(keyring, keyring.current, 'seal'), iv).setAAD(
    Buffer.from(context),
  )
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return `${keyring.current}.${Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64url')}`
}

/** Opens what `seal` closed. Throws when it was changed, belongs to another context, or its key is gone. */
export function unseal(keyring: Keyring, sealed: string, context: string): string {
  const [id = '', text = ''] = sealed.split('.', 2)
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(keyring, id, 'seal'), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

/** A token that only this installation can make for `text`. */
export function sign(keyring: Keyring, text: string, purpose: string): string {
  const mac = createHmac('sha256', keyFor(keyring, keyring.current, `sign ${purpose}`))
    .update(text)
    .digest('base64url')
  return `${keyring.current}.${mac}`
}

/** Whether `token` was made by `sign` for the same text and purpose, under any key still kept. */
export function verify(keyring: Keyring, token: string, text: string, purpose: string): boolean {
  const [id = '', mac = ''] = token.split('.', 2)
  if (!Object.hasOwn(keyring.keys, id)) return false
  const expected = createHmac('sha256', keyFor(keyring, id, `sign ${purpose}`))
    .update(text)
    .digest()
  const given = Buffer.from(mac, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Secrets for signing cookies: the current key's first, older ones still accepted. */
export function cookieSecrets(keyring: Keyring): string[] {
  const ids = [keyring.current, ...Object.keys(keyring.keys).filter(id => id !== keyring.current)]
  return ids.map(id => keyFor(keyring, id, 'cookie').export().toString('base64url'))
}

/** What is stored of a token that only its holder may know. */
export const fingerprint = (token: string): string => hash('sha256', token, 'base64url')

/** A token nobody can guess. */
export const randomToken = (bytes = 24): string => randomBytes(bytes).toString('base64url')
