using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>The attribute <c>state</c> of a device of kmem: all of its memory comes and goes at once (<c>drivers/dax/kmem.c</c>). Single blocks may differ from it.</summary>
/// <param name="bus">What it stands on.</param>
/// <param name="dax">The device.</param>
/// <param name="memory">Its memory.</param>
/// <param name="online">What became of the blocks at the probe.</param>
internal sealed class KmemState(DaxBus bus, DevDax dax, KmemMemory memory, OnlineType online)
{
    private const string Unplugged = "unplugged";

    public KmemMemory Memory => memory;

    /// <summary>What was written last, or the kernel's default at the probe.</summary>
    public string Word { get; private set; } = OnlineTypes.Word(online);

    /// <summary>Out as a whole, or in again with one kind of onlining; EBUSY for another kind while it is in.</summary>
    public async SimTask<Errno> StoreAsync(string word)
    {
        if (word == Unplugged)
        {
            return Word == Unplugged ? Errno.Ok : await UnplugAsync();
        }

        if (!OnlineTypes.TryParse(word, out OnlineType type) || type == OnlineType.Offline)
        {
            return dax.Refuse(RefusalRules.KmemStateWord, Errno.EINVAL, $"'{word}' is no state of a device", new NearestChange("write unplugged, online, online_kernel or online_movable"));
        }

        if (Word == word)
        {
            return Errno.Ok;
        }

        if (Word != Unplugged)
        {
            return dax.Refuse(RefusalRules.KmemStateBusy, Errno.EBUSY, $"{dax.Name} is {Word}", new NearestChange($"write {Unplugged} to {dax.Name}/state first"), ("state", Word));
        }

        Errno error = await memory.AddAsync(type);
        Word = error == Errno.Ok ? word : Word;
        return error;
    }

    /// <summary>What was online comes back in its kind of zone where one block cannot go.</summary>
    private async SimTask<Errno> UnplugAsync()
    {
        List<(MemoryBlock Block, string Back)> taken = [];
        foreach (MemoryBlock block in memory.Added.SelectMany(bus.Memory.BlocksIn).Where(block => block.State != MemoryBlockState.Offline).ToArray())
        {
            string back = block.Zone?.Type == ZoneType.Movable ? "online_movable" : "online_kernel";
            Errno error = await bus.Memory.StoreStateAsync(block, "offline");
            if (error != Errno.Ok)
            {
                foreach ((MemoryBlock offline, string word) in taken)
                {
                    await bus.Memory.StoreStateAsync(offline, word);
                }

                bus.Core.Log.Error(dax, $"hotremove failed, device left online: {-(int)error}");
                return error;
            }

            taken.Add((block, back));
        }

        await memory.RemoveAsync();
        Word = Unplugged;
        return Errno.Ok;
    }
}
