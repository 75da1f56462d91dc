import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundaryOf, partsOf } from '../../src/platform/web/multipart.ts'

const cut = (bytes: Buffer, size: number): Readable => {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  return Readable.from(pieces)
}

async function read(body: Buffer, type: string | null, size = 1000): Promise<[string, string | undefined, Buffer][]> {
  const parts: [string, string | undefined, Buffer][] = []
  for await (const { field, fileName, bytes } of partsOf(cut(body, size), boundaryOf(type ?? '') ?? ''))
    parts.push([field, fileName, await buffer(bytes)])
  return parts
}

/** A form as a program that is not ours writes it. */
async function written(form: FormData): Promise<{ body: Buffer; type: string | null }> {
  const request = new Request('http://form', { method: 'POST', body: form })
  return { body: Buffer.from(await request.arrayBuffer()), type: request.headers.get('content-type') }
}

const breaks = fc.constantFrom('\r\n', '--', '\r\n--', '\r', '\n', 'formdata', 'a', '\r\n\r\n')
const file = fc.array(
  fc.oneof(
    breaks.map(text => Buffer.from(text)),
    fc.uint8Array({ maxLength: 30 }),
  ),
  { maxLength: 30 },
)
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter(text => !/[\r\n\0]|%(22|0D|0A)/i.test(text))

describe('a form with files', () => {
  test('is read as it was written, wherever it is cut', async () => {
    const parts = fc.array(fc.tuple(name, fc.option(name), file), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 300 }), async (sent, size) => {
        const form = new FormData()
        for (const [field, fileName, pieces] of sent)
          if (fileName === null) form.append(field, 'text of the field')
          else form.append(field, new Blob(pieces), fileName)
        const { body, type } = await written(form)
        expect(await read(body, type, size)).toEqual(
          sent.map(([field, fileName, pieces]) => [
            field,
            fileName ?? undefined,
            fileName === null ? Buffer.from('text of the field') : Buffer.concat(pieces),
          ]),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('goes on after a part that nobody reads, or not to its end', async () => {
    const form = new FormData()
    for (const field of ['one', 'two', 'three']) form.append(field, new Blob(['x'.repeat(5000)]), 'x.txt')
    const { body, type } = await written(form)
    const fields: string[] = []
    for await (const part of partsOf(cut(body, 700), boundaryOf(type ?? '') ?? '')) {
      fields.push(part.field)
      if (part.field === 'two') for await (const piece of part.bytes) if (piece.length > 0) break
    }
    expect(fields).toEqual(['one', 'two', 'three'])
  })

  test('that is none is refused, whatever it is', async () => {
    await expect(read(Buffer.from('--x\r\n'), 'multipart/form-data; boundary=x')).rejects.toThrow('ends in the middle')
    await expect(read(Buffer.from('--x\r\n\r\na\r\n--x--'), 'multipart/form-data; boundary=x')).rejects.toThrow(
      'without a name',
    )
    await expect(read(Buffer.from('--xy\r\n'), 'multipart/form-data; boundary=x')).rejects.toThrow('something else')
    await expect(read(Buffer.from(`--x\r\n${'a'.repeat(20_000)}`), 'multipart/form-data; boundary=x')).rejects.toThrow(
      'too long',
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
        const body = Buffer.concat([Buffer.from('--x\r\n'), bytes])
        await read(body, 'multipart/form-data; boundary=x').catch((error: Error) =>
          expect(error).toMatchObject({ status: 400 }),
        )
      }),
    )
  })

  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
    ['multipart/form-data', undefined],
    ['multipart/mixed; boundary=abc', undefined],
  ])('names its boundary: %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary)
  })
})
