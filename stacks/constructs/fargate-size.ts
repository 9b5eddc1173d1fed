/**
 * Legal Fargate sizes as `cpu units/memory MiB` (1024 units = 1 vCPU). Anything else does not compile.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export const fargateSizes = {
  "256/512": { cpu: "256", memory: "512" },
  "256/1024": { cpu: "256", memory: "1024" },
  "256/2048": { cpu: "256", memory: "2048" },
  "512/1024": { cpu: "512", memory: "1024" },
  "512/2048": { cpu: "512", memory: "2048" },
  "512/4096": { cpu: "512", memory: "4096" },
  "1024/2048": { cpu: "1024", memory: "2048" },
  "1024/4096": { cpu: "1024", memory: "4096" },
  "1024/8192": { cpu: "1024", memory: "8192" },
  "2048/4096": { cpu: "2048", memory: "4096" },
  "2048/8192": { cpu: "2048", memory: "8192" },
  "4096/8192": { cpu: "4096", memory: "8192" },
  "4096/16384": { cpu: "4096", memory: "16384" },
} as const;

export type FargateSize = keyof typeof fargateSizes;
