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
