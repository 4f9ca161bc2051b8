namespace CxlSim.Session;

/// <summary>How many processors each proximity domain has.</summary>
internal sealed class DomainProcessors
{
    private readonly Dictionary<uint, int> _perDomain = [];

    /// <param name="present">Ids of the processors that are there; empty: all that SRAT lists.</param>
    /// <param name="srat">Null where there is none.</param>
    public DomainProcessors(IEnumerable<uint> present, SratFacts? srat)
    {
        Dictionary<uint, uint> domains = [];
        foreach ((uint id, uint domain) in srat?.Processors ?? [])
        {
            domains.TryAdd(id, domain);
        }

        uint[] ids = [.. present.Distinct()];
        foreach (uint id in ids.Length > 0 ? ids : [.. domains.Keys])
        {
            // A processor that SRAT does not know is in the domain of the first one that it knows.
            uint domain = domains.TryGetValue(id, out uint known) ? known : domains.Values.FirstOrDefault();
            _perDomain[domain] = _perDomain.GetValueOrDefault(domain) + 1;
        }
    }

    public int Count => _perDomain.Values.Sum();

    /// <summary>Domains that have some.</summary>
    public IEnumerable<uint> Domains => _perDomain.Keys;

    public int Of(uint domain) => _perDomain.GetValueOrDefault(domain);
}
