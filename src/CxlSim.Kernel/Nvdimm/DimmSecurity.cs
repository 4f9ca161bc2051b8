using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What the file <c>security</c> of a dimm takes (<c>drivers/nvdimm/security.c</c>).</summary>
/// <remarks>There is no keyring: of all keys only number 0 is known, which stands for a passphrase of zeros.</remarks>
internal static class DimmSecurity
{
    /// <summary>A word, and the numbers of one or two keys (<c>nvdimm_security_store</c>).</summary>
    public static async SimTask<Errno> StoreAsync(IDimmSecurity security, string value)
    {
        string[] words = Kstrto.Trim(value).Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        int keys = words.FirstOrDefault() switch
        {
            "freeze" => 0,
            "disable" or "erase" or "overwrite" or "master_erase" => 1,
            "update" or "master_update" => 2,
            _ => int.MaxValue,
        };
        if (words.Length <= keys)
        {
            return Errno.EINVAL;
        }

        ulong key = 0;
        for (int i = 1; i <= keys; i++)
        {
            Errno error = Kstrto.U64(words[i], out ulong number);
            if (error != Errno.Ok || number > uint.MaxValue)
            {
                return error == Errno.Ok ? Errno.ERANGE : error;
            }

            key |= number;
        }

        return words[0] == "freeze" ? await security.FreezeAsync() : await security.ChangeAsync(words[0], key);
    }
}
