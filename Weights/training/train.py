"""Trains the four widths, phase after phase of recipe.py.

    python3 train.py packed weights

writes weights/mobilenet-WIDTH.pt, the averaged weights, at the end of each phase.
All schedules go by the clock, so another machine sees more or fewer epochs in its time.
"""

import argparse
import concurrent.futures
import copy
import math
import multiprocessing
import pathlib
import random
import time

import torch
import torch._dynamo

import augmentation
import dataset
from evaluate import RESOLUTIONS, accuracy, path, trained
from network import MobileNet
from recipe import BATCH, DECAY, LABEL_SMOOTHING, LATE, PHASES, SETTLING

# The average of the weights keeps this part of itself every few steps.
AVERAGING = 0.99
AVERAGING_STEPS = 5


def between(start, end, progress):
    return start + (end - start) * progress


def learning_rate(highest, progress):
    warm_up = 0.04
    if progress < warm_up:
        return highest * (progress / warm_up + 0.02)
    return highest * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up))) / 2


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


def answers(networks, images):
    with torch.autocast(images.device.type, torch.bfloat16):
        return {width: network(images) for width, network in networks.items()}


def seen(images, side):
    """What teachers see of a batch."""
    if side in (0, images.shape[-1]):
        return images
    other = torch.nn.functional.interpolate(
        images, size=(side, side), mode="bilinear", antialias=True
    )
    return other.to(memory_format=torch.channels_last)


def learn(networks, teachers, images, targets, taught, teachers_see):
    """Adds the gradients of one batch; returns the losses against the true classes."""
    with torch.no_grad():
        known = answers(teachers, seen(images, teachers_see))
    logits = answers(networks, images)
    said = (known or logits).values()
    teacher = sum(one.detach().float().softmax(1) for one in said) / len(said)
    sum(
        cross_entropy(own, torch.lerp(targets, teacher, taught[width]))
        for width, own in logits.items()
    ).backward()
    return {width: cross_entropy(own.detach(), targets) for width, own in logits.items()}


def on(device, networks):
    """The networks there, in the memory format that is quickest to train in."""
    return {
        width: network.to(device, memory_format=torch.channels_last)
        for width, network in networks.items()
    }


def compiled(networks, teachers, sides, teachers_see):
    """The networks and their teachers, compiled for batches of these sides."""
    torch._dynamo.config.recompile_limit = 64
    ready = [
        {width: torch.compile(network, dynamic=False) for width, network in group.items()}
        for group in (networks, teachers)
    ]
    for side in sides:
        example = torch.zeros(BATCH, 3, side, side, device="cuda")
        example = example.to(memory_format=torch.channels_last)
        for network in ready[0].values():
            answers({0: network}, example)[0].float().mean().backward()
        with torch.no_grad():
            answers(ready[1], seen(example, teachers_see))
    return ready


def compile_for(side, widths, teachers, teachers_see):
    """Fills the compiler's cache, in a process of its own."""
    networks = on("cuda", {width: MobileNet(width) for width in widths})
    frozen = on("cuda", {width: MobileNet(width).eval() for width in teachers})
    compiled(networks, frozen, [side], teachers_see)


@torch.no_grad()
def settle_batch_norm(network, pixels, settling):
    """Batch norm's statistics anew, over whole training images at all resolutions."""
    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    for side, batches in zip(RESOLUTIONS, settling):
        for _ in range(batches):
            chosen = torch.randint(0, len(pixels), (512,), device=pixels.device)
            network(dataset.resized(pixels[chosen], side))
    network.eval()


def train(phase, minutes, folder, pixels, classes, validation):
    device = pixels.device
    networks = on(device, {width: MobileNet(width) for width in phase.widths})
    teachers = on(device, {width: MobileNet(width).eval() for width in phase.teachers})
    ready = networks, teachers
    if device.type == "cuda":
        start = time.time()
        jobs = [
            (side, phase.widths, phase.teachers, phase.teachers_see) for side in phase.sides
        ]
        with concurrent.futures.ProcessPoolExecutor(
            mp_context=multiprocessing.get_context("spawn")
        ) as pool:
            list(pool.map(compile_for, *zip(*jobs)))
        ready = compiled(networks, teachers, phase.sides, phase.teachers_see)
        print(f"compiled in {time.time() - start:.0f} s", flush=True)

    for group in [teachers, networks] if phase.goes_on else [teachers]:
        for width, network in group.items():
            network.load_state_dict(trained(folder, width).state_dict())
    # In the usual memory format, whose depthwise convolutions are quicker in float32.
    averaged = {
        width: copy.deepcopy(network).to(memory_format=torch.contiguous_format)
        for width, network in networks.items()
    }
    current = [p for network in networks.values() for p in network.parameters()]
    average = [p for network in averaged.values() for p in network.parameters()]
    optimizer = torch.optim.AdamW(
        parameter_groups(networks), lr=0.0, betas=(0.9, 0.99), fused=device.type == "cuda"
    )
    optimizer.zero_grad()
    targets = torch.nn.functional.one_hot(classes, 200).float()
    targets = targets * (1 - LABEL_SMOOTHING) + LABEL_SMOOTHING / 200

    start, step = time.time(), 0
    order = torch.empty(0, dtype=torch.long, device=device)
    while (progress := (time.time() - start) / (minutes * 60)) < 1:
        if len(order) < BATCH:
            order = torch.randperm(len(pixels), device=device)
        chosen, order = order[:BATCH], order[BATCH:]
        shares = [between(*share, progress) for share in zip(*phase.shares)]
        side = random.choices(phase.sides, shares)[0]
        late = progress > LATE
        images, wanted = augmentation.batch(
            pixels[chosen], targets[chosen], side, phase.areas[late], phase.mixing[late],
            phase.blending,
        )
        # Networks that are still being trained have little to say at first.
        ripe = 1 if teachers else min(1, max(0, (progress - 0.05) / 0.25))
        taught = {width: ripe * share for width, share in phase.taught.items()}
        losses = learn(*ready, images, wanted, taught, phase.teachers_see)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(phase.rate, progress)
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
    print(f"{step} steps, {step * BATCH / len(pixels):.1f} epochs", flush=True)
    if phase.averages:
        with torch.no_grad():
            for width, network in averaged.items():
                before = trained(folder, width).to(device).parameters()
                torch._foreach_lerp_(list(network.parameters()), list(before), 0.5)
    for width, network in averaged.items():
        settle_batch_norm(network, pixels, SETTLING[width])
        top = [accuracy(network, *validation, side) for side in (128, 224)]
        print(f"  width {width:g}: {top[0]} at 128, {top[1]} at 224", flush=True)
        torch.save(network.state_dict(), path(folder, width))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("packed", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--phases", nargs="+", choices=PHASES, default=list(PHASES))
    parser.add_argument("--times", type=float, default=1, help="as long as the recipe says")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    random.seed(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pixels, classes = dataset.load_training(arguments.packed, device)
    validation = dataset.load_validation(arguments.packed, device)
    for name in arguments.phases:
        phase = PHASES[name]
        print("phase", name, flush=True)
        minutes = phase.minutes * arguments.times
        train(phase, minutes, arguments.output, pixels, classes, validation)


if __name__ == "__main__":
    main()
