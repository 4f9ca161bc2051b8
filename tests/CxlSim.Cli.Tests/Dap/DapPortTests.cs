using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxlSim.Cli.Tests;

/// <summary><c>cxlsim dap --port</c>: clients at the loopback address.</summary>
public sealed class DapPortTests
{
    [Fact]
    public void Clients_AreServedAtOnce_AndOthersAfterThem()
    {
        using Process program = RealProgram.Begin("dap", "--port", "0");
        try
        {
            string told = program.StandardError.ReadLine()!;
            told.Should().StartWith("cxlsim: listening on 127.0.0.1:");
            int port = int.Parse(told[(told.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

            using TcpClient first = Connect(port);
            first.GetStream().Write("Content-Length: 99\r\n\r\n{"u8); // and no more: it holds up nobody
            Ask(port).Should().Contain("\"command\":\"initialize\",\"success\":true");
            Ask(port).Should().Contain("\"command\":\"initialize\",\"success\":true");
        }
        finally
        {
            program.Kill();
        }
    }

    /// <summary>What comes behind the good-bye is not waited for, however much it is.</summary>
    [Fact]
    public void ClientThatGoesOnTalking_HarmsNobody()
    {
        using Process program = RealProgram.Begin("dap", "--port", "0");
        try
        {
            string told = program.StandardError.ReadLine()!;
            int port = int.Parse(told[(told.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
            string flood = string.Concat(Enumerable.Repeat(DapWire.Message("""{"type":"request","seq":9,"command":"threads","arguments":{"x":"LONG"} }""".Replace("LONG", new string('x', 300_000), StringComparison.Ordinal)), 20));
            for (int i = 0; i < 5; i++)
            {
                using TcpClient rude = Connect(port);
                try
                {
                    rude.GetStream().Write(Encoding.UTF8.GetBytes(DapWire.Requests(""" "command":"disconnect" """) + flood));
                }
                catch (IOException)
                {
                    // it had left before all was said
                }
            }

            Ask(port).Should().Contain("\"command\":\"initialize\",\"success\":true");
        }
        finally
        {
            program.Kill();
        }
    }

    [Fact]
    public void PortThatIsTaken_IsSaid()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        ProgramResult result = RealProgram.Run("dap", "--port", port);

        result.ExitCode.Should().Be(2);
        result.Error.Should().StartWith($"cxlsim: port {port} cannot be had: ");
    }

    private static TcpClient Connect(int port)
    {
        TcpClient client = new();
        client.Connect(IPAddress.Loopback, port);
        return client;
    }

    private static string Ask(int port)
    {
        using TcpClient client = Connect(port);
        client.GetStream().Write(Encoding.UTF8.GetBytes(DapWire.Requests(""" "command":"initialize" """, """ "command":"disconnect" """)));
        using StreamReader reader = new(client.GetStream());
        return reader.ReadToEnd();
    }
}
