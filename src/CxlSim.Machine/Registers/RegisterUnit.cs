using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>A component with registers: a host bridge, a port, a device.</summary>
public sealed class RegisterUnit
{
    private readonly Func<Bdf?> _address;
    private readonly Func<string?> _kernelName;
    private readonly Lazy<IReadOnlyList<RegisterBlock>> _blocks;
    private readonly Lazy<Dictionary<(RegisterSpace Space, int Word), List<Register>>> _byWord;

    internal RegisterUnit(string name, IReadOnlyList<RegisterSpace> spaces, Func<Bdf?> address, Func<string?> kernelName)
    {
        Name = name;
        Spaces = spaces;
        _address = address;
        _kernelName = kernelName;
        _blocks = new(() => [.. spaces.SelectMany(RegisterBlocks.Of)]); // most are never looked at
        _byWord = new(ByWord);
    }

    /// <summary>As the platform file and traces have it: <c>card</c>, <c>host bridge 5 root port 0</c>.</summary>
    public string Name { get; }

    /// <summary>Where configuration accesses reach it now; null where none do.</summary>
    public Bdf? Address => _address();

    /// <summary>What the kernel calls it now, such as <c>mem0</c>; null where it has no name for it.</summary>
    public string? KernelName => _kernelName();

    public IReadOnlyList<RegisterSpace> Spaces { get; }

    /// <summary>What its capability lists tell of, space by space.</summary>
    public IReadOnlyList<RegisterBlock> Blocks => _blocks.Value;

    public IEnumerable<Register> Registers => Blocks.SelectMany(block => block.Registers);

    /// <summary>The registers that bytes of a space belong to; words that no capability tells of stand for themselves.</summary>
    /// <param name="space">One of the unit's.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="width">How many.</param>
    public IEnumerable<Register> At(RegisterSpace space, int offset, int width)
    {
        for (int word = offset & ~3; word < offset + width; word += 4)
        {
            IEnumerable<Register> named = _byWord.Value.GetValueOrDefault((space, word), []);
            Register[] touched = [.. named.Where(register => register.Offset < offset + width && register.Offset + register.Width > offset)];
            foreach (Register register in touched.Length > 0 ? touched : [Register.Unnamed(space, word)])
            {
                if (register.Offset >= word || offset >= word) // else it is one of two words, and told already
                {
                    yield return register;
                }
            }
        }
    }

    private Dictionary<(RegisterSpace Space, int Word), List<Register>> ByWord()
    {
        Dictionary<(RegisterSpace, int), List<Register>> words = [];
        foreach (Register register in Registers)
        {
            for (int word = register.Offset & ~3; word < register.Offset + register.Width; word += 4)
            {
                if (!words.TryGetValue((register.Space, word), out List<Register>? known))
                {
                    words[(register.Space, word)] = known = [];
                }

                known.Add(register);
            }
        }

        return words;
    }
}
