import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a database that a test can close. */
export interface DatabaseProxy {
  /** The database's address, through the proxy. */
  url: string
  /** Every connection breaks off, and new ones are refused. */
  down(): Promise<void>
  up(): Promise<void>
  close(): Promise<void>
}

/** Stands between the product and its database: closed, the database is away. */
export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Breaking off is what it is for.
    socket.on('error', () => undefined)
  }
  const server = createServer(near => {
    const far = connect(Number(target.port || 5432), target.hostname)
    for (const socket of [near, far]) keep(socket)
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  const down = async () => {
    if (!server.listening) return
    const closed = new Promise(resolve => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { url: url.href, down, up: () => listen(port), close: down }
}
