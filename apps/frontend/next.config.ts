import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

const config: NextConfig = {
  output: "standalone",
  // The repository root has a lock file too; without this the traced output nests under apps/frontend/.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  experimental: { turbopackFileSystemCacheForBuild: true },
  // No image is resized here, and sharp is 20 MB of native code. "next-server" is the trace of the server itself, not a route.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "next-server": ["node_modules/sharp/**", "node_modules/@img/**"] },
  // The gateway compresses.
  compress: false,
  poweredByHeader: false,
};

/** `next dev` has no gateway in front of it, so it passes the API's addresses on itself. */
const development: NextConfig = {
  ...config,
  rewrites: async () => [{ source: "/api/:path*", destination: `${process.env.BACKEND_URL}/api/:path*` }],
};

export default function nextConfig(phase: string): NextConfig {
  return phase === PHASE_DEVELOPMENT_SERVER ? development : config;
}
