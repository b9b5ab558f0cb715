"""Trains the four widths together, on the same batches, in a given time.

    python3 train.py packed weights --minutes 22

writes weights/mobilenet-WIDTH.pt, the averaged weights, every few minutes and at the end. What
the two widest networks say of a batch, averaged, is part of what all four learn from it. All
schedules go by the clock, so another machine sees more or fewer epochs in its time.
"""

import argparse
import copy
import math
import pathlib
import random
import time

import torch
import torch._dynamo

import augmentation
import dataset
from evaluate import RESOLUTIONS, WIDTHS, accuracy
from network import MobileNet

BATCH = 1024
LABEL_SMOOTHING = 0.1
LEARNING_RATE = 3e-3
# The average of the weights keeps this part of itself every few steps.
AVERAGING = 0.99
AVERAGING_STEPS = 5
# How often a batch has which resolution, at the start and at the end. Random crops make things
# look larger than they do in whole images, so learning at 192 serves 224 too.
SIDES = [128, 192]
SHARES = [(0.8, 0.2), (0.5, 0.5)]
# By width: the teachers' part in what is learned, and the weight decay.
TEACHING = {1: 0.3, 0.75: 0.5, 0.5: 0.6, 0.25: 0.7}
DECAY = {1: 0.05, 0.75: 0.05, 0.5: 0.03, 0.25: 0.015}


def between(start, end, progress):
    return start + (end - start) * progress


def learning_rate(progress):
    warm_up = 0.04
    if progress < warm_up:
        return LEARNING_RATE * (progress / warm_up + 0.02)
    return LEARNING_RATE * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up))) / 2


def parameter_groups(networks):
    """Weight decay is for matrices only: batch norm, biases and depthwise filters have none."""
    groups = []
    for width, network in networks.items():
        matrices = [p for p in network.parameters() if p.ndim > 1 and p.shape[1] > 1]
        others = [p for p in network.parameters() if not (p.ndim > 1 and p.shape[1] > 1)]
        groups += [
            {"params": matrices, "weight_decay": DECAY[width]},
            {"params": others, "weight_decay": 0},
        ]
    return groups


def cross_entropy(logits, targets):
    return -(targets * logits.float().log_softmax(1)).sum(1).mean()


def learn(networks, images, targets, teaching):
    """Adds the gradients of one batch; returns the losses against the true classes."""
    losses, teachers = {}, []

    def forward(width):
        with torch.autocast(images.device.type, torch.bfloat16):
            logits = networks[width](images)
        losses[width] = cross_entropy(logits.detach(), targets)
        return logits

    def backward(width, logits):
        share = teaching * TEACHING[width]
        cross_entropy(logits, torch.lerp(targets, teacher, share)).backward()

    first = {width: forward(width) for width in WIDTHS[:2]}
    teacher = sum(logits.detach().float().softmax(1) for logits in first.values()) / len(first)
    for width, logits in first.items():
        backward(width, logits)
    for width in WIDTHS[2:]:
        backward(width, forward(width))
    return losses


@torch.no_grad()
def settle_batch_norm(network, pixels, batches=32):
    """Batch norm's statistics anew, over whole training images at all resolutions."""
    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    for index in range(batches):
        chosen = torch.randint(0, len(pixels), (512,), device=pixels.device)
        images = dataset.resized(pixels[chosen], RESOLUTIONS[index % len(RESOLUTIONS)])
        network(images)
    network.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("packed", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=22)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    random.seed(1)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    networks = {
        width: MobileNet(width).to(device, memory_format=torch.channels_last) for width in WIDTHS
    }
    # In the usual memory format, whose depthwise convolutions are quicker in float32.
    averaged = {
        width: copy.deepcopy(network).to(memory_format=torch.contiguous_format)
        for width, network in networks.items()
    }
    compiled = networks
    if device == "cuda":
        torch._dynamo.config.recompile_limit = len(WIDTHS) * len(SIDES)
        compiled = {width: torch.compile(networks[width], dynamic=False) for width in WIDTHS}
        for side in SIDES:
            example = torch.zeros(BATCH, 3, side, side, device=device)
            example = example.to(memory_format=torch.channels_last)
            learn(compiled, example, torch.full((BATCH, 200), 1 / 200, device=device), 0.0)
            print("compiled for", side, flush=True)
    current = [p for network in networks.values() for p in network.parameters()]
    average = [p for network in averaged.values() for p in network.parameters()]
    optimizer = torch.optim.AdamW(
        parameter_groups(networks), lr=0.0, betas=(0.9, 0.99), fused=device == "cuda"
    )
    optimizer.zero_grad()

    pixels, classes = dataset.load_training(arguments.packed, device)
    validation = dataset.load_validation(arguments.packed, device)
    targets = torch.nn.functional.one_hot(classes, 200).float()
    targets = targets * (1 - LABEL_SMOOTHING) + LABEL_SMOOTHING / 200

    def save():
        for width, network in averaged.items():
            settle_batch_norm(network, pixels)
            top = [accuracy(network, *validation, side) for side in (128, 224)]
            print(f"  width {width:g}: {top[0]} at 128, {top[1]} at 224", flush=True)
            torch.save(network.state_dict(), arguments.output / f"mobilenet-{width:g}.pt")

    start, step, saved = time.time(), 0, 0
    order = torch.empty(0, dtype=torch.long, device=device)
    while (progress := (time.time() - start) / (arguments.minutes * 60)) < 1:
        if len(order) < BATCH:
            order = torch.randperm(len(pixels), device=device)
        chosen, order = order[:BATCH], order[BATCH:]
        side = random.choices(SIDES, [between(*share, progress) for share in zip(*SHARES)])[0]
        # The last views are more like the whole images that will be asked about.
        late = progress > 0.85
        images, wanted = augmentation.batch(
            pixels[chosen], targets[chosen], side, 0.45 if late else 0.3, 0.3 if late else 0.8
        )
        teaching = min(1, max(0, (progress - 0.05) / 0.25))
        losses = learn(compiled, images, wanted, teaching)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(progress)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        if step % AVERAGING_STEPS == 0:
            kept = min(AVERAGING, step / (step + 40))
            with torch.no_grad():
                torch._foreach_lerp_(average, current, 1 - kept)
        if step % 200 == 0:
            epoch = step * BATCH / len(pixels)
            shown = ", ".join(f"{loss.item():.3f}" for loss in losses.values())
            print(f"{time.time() - start:.0f} s, epoch {epoch:.1f}, losses {shown}", flush=True)
        if progress > (saved + 1) / 3:
            saved += 1
            save()
    print(f"{step} steps, {step * BATCH / len(pixels):.1f} epochs", flush=True)
    save()


if __name__ == "__main__":
    main()
