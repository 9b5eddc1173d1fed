// @ts-expect-error: it has no types of its own
import { randomBinomial, randomLcg, randomNormal, randomPoisson } from "d3-random";

/** Random counts that are the same for the same seed. */
export class Random {
  private readonly source: () => number;
  readonly normal: () => number;

  constructor(seed: number) {
    this.source = randomLcg(seed);
    this.normal = randomNormal.source(this.source)(0, 1);
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.source() * limit);
  }

  poisson(mean: number): number {
    return mean <= 0 ? 0 : randomPoisson.source(this.source)(mean)();
  }

  binomial(count: number, share: number): number {
    if (count <= 0 || share <= 0) return 0;
    return share >= 1 ? count : randomBinomial.source(this.source)(count, share)();
  }
}
