using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Security of what stands behind a dimm (<c>struct nvdimm_security_ops</c>).</summary>
public interface IDimmSecurity
{
    /// <summary>False where the device could not be asked: then there are no files.</summary>
    bool IsKnown { get; }

    bool IsFrozen { get; }

    /// <summary>As the file <c>security</c> shows it.</summary>
    string StateText { get; }

    /// <summary>No passphrase is taken or changed until the device is reset.</summary>
    SimTask<Errno> FreezeAsync();

    /// <param name="word">What else the file takes: <c>disable</c>, <c>update</c>, <c>erase</c>, <c>overwrite</c>, <c>master_update</c>, <c>master_erase</c>.</param>
    /// <param name="key">0, or the number of a key that there is not.</param>
    SimTask<Errno> ChangeAsync(string word, ulong key);
}
