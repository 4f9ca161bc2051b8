using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>One file of an object in sysfs: name, mode, and what it shows and takes.</summary>
public abstract class KAttribute(string name, FileMode mode)
{
    public string Name => name;

    public FileMode Mode => mode;

    /// <summary>Nothing is another after a write than before.</summary>
    public bool OnlyWaits { get; init; }

    /// <summary>Bytes that stat shows; a page where nothing else is known.</summary>
    public long Size { get; init; } = 4096;

    public bool CanRead => (mode & FileMode.S0400) != 0;

    public bool CanWrite => (mode & FileMode.S0200) != 0;

    public abstract bool IsVisible(KObject owner);

    public abstract AttributeValue Show(KObject owner);

    public abstract SimTask<Errno> StoreAsync(KObject owner, string value);
}

/// <summary>An attribute of objects of one type.</summary>
public sealed class KAttribute<T>(
    string name, FileMode mode, Func<T, AttributeValue>? show, Func<T, string, SimTask<Errno>>? store, Func<T, bool>? visible) : KAttribute(name, mode)
    where T : KObject
{
    public override bool IsVisible(KObject owner) => visible is null || visible((T)owner);

    public override AttributeValue Show(KObject owner) => show is null ? Errno.EIO : show((T)owner);

    public override SimTask<Errno> StoreAsync(KObject owner, string value) => store is null ? Errno.EIO : store((T)owner, value);
}
