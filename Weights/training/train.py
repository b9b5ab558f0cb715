"""Trains the networks, phase after phase of recipe.py.

    python3 train.py packed weights

writes weights/mobilenet-NAME.pt, the averaged weights, at the end of each phase, and every few
minutes what it has by then into weights/so-far. A phase that has no number of steps goes by the
clock, and sees more or fewer epochs on another machine.

    python3 unexport.py ../Files weights
    python3 train.py packed weights --phases shallow shallow-end

goes on from what is shipped. Several GPUs share every batch, a process each, started by

    torchrun --nproc-per-node 2 train.py packed weights --phases shallow shallow-end
"""

import argparse
import concurrent.futures
import copy
import dataclasses
import math
import multiprocessing
import os
import pathlib
import random
import time

import torch
import torch._dynamo
import torch.distributed

import augmentation
import dataset
from evaluate import RESOLUTIONS, accuracy, path, trained, untrained
from recipe import DECAY, LABEL_SMOOTHING, LATE, PHASES, SETTLING

# The average of the weights keeps this part of itself every few steps.
AVERAGING = 0.99
AVERAGING_STEPS = 5
# After so many steps what has been learned is saved: the machine may go before the phase ends.
SAVING_STEPS = 5000
SEED = 1
# Which of the processes this is, of how many.
RANK, PROCESSES = (int(os.environ.get(name, own)) for name, own in [("RANK", 0), ("WORLD_SIZE", 1)])


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
    for name, network in networks.items():
        matrices = [p for p in network.parameters() if p.ndim > 1 and p.shape[1] > 1]
        others = [p for p in network.parameters() if not (p.ndim > 1 and p.shape[1] > 1)]
        groups += [
            {"params": matrices, "weight_decay": DECAY[name]},
            {"params": others, "weight_decay": 0},
        ]
    return groups


def cross_entropy(logits, targets):
    return -(targets * logits.float().log_softmax(1)).sum(1).mean()


def answers(networks, images):
    with torch.autocast(images.device.type, torch.bfloat16):
        return {name: network(images) for name, network in networks.items()}


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
        cross_entropy(own, torch.lerp(targets, teacher, taught[name]))
        for name, own in logits.items()
    ).backward()
    return {name: cross_entropy(own.detach(), targets) for name, own in logits.items()}


def on(device, networks):
    """The networks there, in the memory format that is quickest to train in."""
    return {
        name: network.to(device, memory_format=torch.channels_last)
        for name, network in networks.items()
    }


def compiled(networks, sides, batch):
    """The networks, compiled for a process's share of batches of these sides."""
    torch._dynamo.config.recompile_limit = 64
    ready = {name: torch.compile(network, dynamic=False) for name, network in networks.items()}
    for side in sides:
        example = torch.zeros(batch // PROCESSES, 3, side, side, device="cuda")
        example = example.to(memory_format=torch.channels_last)
        for network in ready.values():
            answers({0: network}, example)[0].float().mean().backward()
    return ready


def compile_for(name, side, batch):
    """Fills the compiler's cache, in a process of its own."""
    compiled(on("cuda", {name: untrained(name)}), [side], batch)


@torch.no_grad()
def unfolded(network, images):
    """The parameters and statistics of a network whose batch norms do nothing but add a bias.

    Its answers stay as they are; each batch norm gets the mean and variance that its input has, so
    that a network in training, which takes both from the batch, begins with these answers too.
    """
    def measure(norm, inputs):
        (x,) = inputs
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        norm.bias += (mean - norm.running_mean) * scale
        norm.weight.copy_(scale * torch.sqrt(variance + norm.eps))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)

    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    hooks = [norm.register_forward_pre_hook(measure) for norm in norms]
    network(images)
    for hook in hooks:
        hook.remove()
    return network.state_dict()


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


def save(folder, networks, pixels):
    """Settles averaged networks and writes them, each whole or not at all."""
    folder.mkdir(exist_ok=True)
    for name, network in networks.items():
        settle_batch_norm(network, pixels, SETTLING[name])
        partial = folder / f"{name}.part"
        torch.save(network.state_dict(), partial)
        partial.replace(path(folder, name))


def made_ready(phase, device):
    """The networks to train, and the same compiled, which takes minutes."""
    networks = on(device, {name: untrained(name) for name in phase.networks})
    if device.type != "cuda":
        return networks, networks
    start = time.time()
    if RANK == 0:
        with concurrent.futures.ProcessPoolExecutor(
            mp_context=multiprocessing.get_context("spawn")
        ) as pool:
            jobs = [(name, side, phase.batch) for side in phase.sides for name in networks]
            list(pool.map(compile_for, *zip(*jobs)))
    if PROCESSES > 1:
        torch.distributed.barrier()
    ready = compiled(networks, phase.sides, phase.batch)
    print(f"compiled in {time.time() - start:.0f} s", flush=True)
    return networks, ready


def add_up(parameters):
    """The mean of all processes' gradients, in each of them."""
    gradients = [parameter.grad for parameter in parameters]
    together = torch.cat([gradient.flatten() for gradient in gradients])
    torch.distributed.all_reduce(together, torch.distributed.ReduceOp.AVG)
    parts = together.split([gradient.numel() for gradient in gradients])
    for gradient, part in zip(gradients, parts):
        gradient.copy_(part.view_as(gradient))


def train(phase, folder, prepared, pixels, classes, validation):
    device = pixels.device
    networks, ready = prepared
    # Batch norm is folded into those that only answer; they have less to do then.
    teachers = on(device, {name: trained(folder, name).fold() for name in phase.teachers})
    if device.type == "cuda" and phase.teachers_see:
        teachers = {name: torch.compile(one, dynamic=False) for name, one in teachers.items()}
    whole = dataset.resized(pixels[:1024], 160)
    if phase.goes_on:
        for name, network in networks.items():
            known = trained(folder, name).to(device)
            network.load_state_dict(
                unfolded(known, whole) if phase.folded else known.state_dict()
            )
    if phase.begins_with:
        known = unfolded(trained(folder, phase.begins_with).to(device), whole)
        for network in networks.values():
            network.load_state_dict({key: known[key] for key in network.state_dict()})
    # In the usual memory format, whose depthwise convolutions are quicker in float32.
    averaged = {
        name: copy.deepcopy(network).to(memory_format=torch.contiguous_format)
        for name, network in networks.items()
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
    while True:
        seconds = time.time() - start
        progress = step / phase.steps if phase.steps else seconds / (phase.minutes * 60)
        if progress >= phase.ends:
            break
        if len(order) < phase.batch:
            order = torch.randperm(len(pixels), device=device)
        chosen, order = order[RANK : phase.batch : PROCESSES], order[phase.batch :]
        shares = [between(*share, progress) for share in zip(*phase.shares)]
        side = random.choices(phase.sides, shares)[0]
        late = progress > LATE
        images, wanted = augmentation.batch(
            pixels[chosen], targets[chosen], side, phase.areas[late], phase.mixing[late],
            phase.blending,
        )
        # Networks that are still being trained have little to say at first.
        ripe = 1 if teachers else min(1, max(0, (progress - 0.05) / 0.25))
        taught = {name: ripe * share for name, share in phase.taught.items()}
        losses = learn(ready, teachers, images, wanted, taught, phase.teachers_see)
        if PROCESSES > 1:
            add_up(current)
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
            epoch = step * phase.batch / len(pixels)
            shown = ", ".join(f"{loss.item():.3f}" for loss in losses.values())
            print(f"{seconds:.0f} s, epoch {epoch:.1f}, losses {shown}", flush=True)
        if step % SAVING_STEPS == 0 and RANK == 0:
            # All processes must go on drawing the same random numbers.
            with torch.random.fork_rng():
                save(folder / "so-far", averaged, pixels)
    print(f"{step} steps, {step * phase.batch / len(pixels):.1f} epochs", flush=True)
    if phase.averages:
        with torch.no_grad():
            for name, network in averaged.items():
                before = trained(folder, name).to(device).parameters()
                torch._foreach_lerp_(list(network.parameters()), list(before), 0.5)
    if RANK != 0:
        return
    save(folder, averaged, pixels)
    for name, network in averaged.items():
        top = [accuracy(network, *validation, side) for side in (128, 224)]
        print(f"  {name}: {top[0]} at 128, {top[1]} at 224", flush=True)


def seed():
    """The same random numbers in every process: each uses them for images of its own."""
    torch.manual_seed(SEED)
    random.seed(SEED)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("packed", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--phases", nargs="+", choices=PHASES, default=list(PHASES))
    parser.add_argument("--times", type=float, default=1, help="as long as the recipe says")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    if PROCESSES > 1:
        # Each process sees its own GPU only, so that what is compiled serves all.
        os.environ["CUDA_VISIBLE_DEVICES"] = str(RANK)
        torch.distributed.init_process_group("nccl")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    about = torch.cuda.get_device_name() if device.type == "cuda" else "processor"
    print(f"torch {torch.__version__}, {about}, seed {SEED}", flush=True)
    data = None
    for name in arguments.phases:
        phase = PHASES[name]
        phase = dataclasses.replace(
            phase, minutes=phase.minutes * arguments.times,
            steps=round(phase.steps * arguments.times),
        )
        print("phase", name, flush=True)
        seed()
        prepared = made_ready(phase, device)
        if data is None:
            data = dataset.load_all(arguments.packed, device)
        seed()
        train(phase, arguments.output, prepared, *data)


if __name__ == "__main__":
    main()
