/** Downloads MNIST into the cache before a class begins, so that thirty learners do not download it thirty times. */
import { loadMNIST } from "../../data/mod.ts";

const { source } = await loadMNIST();
console.log(`Data for the class: ${source}`);
