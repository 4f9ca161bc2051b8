using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>A file of bytes: writes go to an offset of it (struct bin_attribute).</summary>
public abstract class BinaryAttribute(string name, FileMode mode) : KAttribute(name, mode)
{
    public abstract Errno StoreAt(KObject owner, long offset, byte[] bytes);

    public override SimTask<Errno> StoreAsync(KObject owner, string value) => StoreAt(owner, 0, Encoding.Latin1.GetBytes(value));
}

/// <summary>A file of bytes of objects of one type.</summary>
public sealed class BinaryAttribute<T>(string name, FileMode mode, Func<T, AttributeValue> show, Func<T, long, byte[], Errno> store) : BinaryAttribute(name, mode)
    where T : KObject
{
    public override bool IsVisible(KObject owner) => true;

    public override AttributeValue Show(KObject owner) => show((T)owner);

    public override Errno StoreAt(KObject owner, long offset, byte[] bytes) => store((T)owner, offset, bytes);
}
