using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Streaming;

/// <summary>
/// The server-sent events of a body, by System.Net.ServerSentEvents. The first stream loads it (see <see cref="Libraries"/>); only
/// types of the framework and of the core cross over.
/// </summary>
internal abstract class EventReader
{
    private const string Library = "System.Net.ServerSentEvents";

    private static readonly Lazy<EventReader> Loaded = new(static () => Bind(Libraries.Loader(Library)));

    /// <summary>The events of a body as they come, each parsed where it lies: to be enumerated once.</summary>
    public static IAsyncEnumerable<StreamEvent> Of(GuardedStream body) => Loaded.Value.Read(body);

    /// <summary>Reads with a release of the library.</summary>
    public static EventReader Bind(Assembly library)
    {
        Type Named(string name) => library.GetType(Library + "." + name + "`1", throwOnError: true)!.MakeGenericType(typeof(StreamEvent));
        Type shape = typeof(Bound<,,>).MakeGenericType(Named("SseParser"), Named("SseItemParser"), Named("SseItem"));
        return (EventReader)Activator.CreateInstance(shape, library.GetType(Library + ".SseParser", throwOnError: true))!;
    }

    /// <summary>The events of a body.</summary>
    public abstract IAsyncEnumerable<StreamEvent> Read(GuardedStream body);

    /// <summary>The library's types, which have no names here.</summary>
    /// <typeparam name="TParser">Its parser.</typeparam>
    /// <typeparam name="TParse">What it calls for each event.</typeparam>
    /// <typeparam name="TItem">An event of it.</typeparam>
    private sealed class Bound<TParser, TParse, TItem>(Type factory) : EventReader
        where TParse : Delegate
        where TItem : struct
    {
        private static readonly MethodInfo Parse = typeof(StreamEventParser).GetMethod(nameof(StreamEventParser.Parse))!;

        private readonly Func<Stream, TParse, TParser> _create = (Func<Stream, TParse, TParser>)Delegate.CreateDelegate(
            typeof(Func<Stream, TParse, TParser>),
            factory.GetMethods().Single(static method => method is { Name: "Create", IsGenericMethod: true }).MakeGenericMethod(typeof(StreamEvent)));

        private readonly Func<TParser, CancellationToken, IAsyncEnumerable<TItem>> _enumerate = (Func<TParser, CancellationToken, IAsyncEnumerable<TItem>>)Delegate.CreateDelegate(
            typeof(Func<TParser, CancellationToken, IAsyncEnumerable<TItem>>), typeof(TParser).GetMethod("EnumerateAsync")!);

        private readonly DataOf _data = (DataOf)Delegate.CreateDelegate(typeof(DataOf), typeof(TItem).GetProperty("Data")!.GetMethod!);

        private delegate StreamEvent DataOf(ref TItem item);

        public override IAsyncEnumerable<StreamEvent> Read(GuardedStream body) => new Events(this, body);

        /// <summary>The parser's own enumeration: an iterator around it would be asked for every chunk and add nothing.</summary>
        private sealed class Events(Bound<TParser, TParse, TItem> library, GuardedStream body) : IAsyncEnumerable<StreamEvent>, IAsyncEnumerator<StreamEvent>
        {
            private IAsyncEnumerator<TItem>? _items;

            public IAsyncEnumerator<StreamEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
            {
                var parse = (TParse)Delegate.CreateDelegate(typeof(TParse), new StreamEventParser(), Parse);
                _items = library._enumerate(library._create(body, parse), cancellationToken).GetAsyncEnumerator(cancellationToken);
                return this;
            }

            public ValueTask<bool> MoveNextAsync() => _items!.MoveNextAsync();

            public StreamEvent Current
            {
                get
                {
                    TItem item = _items!.Current;
                    return ChatStreamReader.Placed(body, library._data(ref item));
                }
            }

            public ValueTask DisposeAsync() => _items!.DisposeAsync();
        }
    }
}
