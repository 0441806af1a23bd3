//! Frames through `tokio_util`.

use std::pin::pin;

use bytes::BytesMut;
use cti_codec::ccx::client::{CodecError, FrameCodec};
use cti_codec::ccx::{HeartbeatReq, Message, Version};
use tokio::io::{AsyncWriteExt, duplex};
use tokio_util::codec::{Decoder, Encoder, FramedRead};

fn heartbeat(invoke_id: u32) -> Message<'static> {
    HeartbeatReq {
        invoke_id,
        ..Default::default()
    }
    .into()
}

#[tokio::test]
async fn a_thousand_frames_through_seven_bytes() {
    let (mut near, far) = duplex(7);
    let mut bytes = BytesMut::new();
    let mut codec = FrameCodec::new(Version::V14);
    for invoke_id in 0..1000 {
        codec.encode(heartbeat(invoke_id), &mut bytes).unwrap();
    }
    let writer = tokio::spawn(async move { near.write_all(&bytes).await });
    let mut frames = pin!(FramedRead::new(far, FrameCodec::default()));
    let mut next = 0;
    while let Some(frame) =
        std::future::poll_fn(|cx| futures_core::Stream::poll_next(frames.as_mut(), cx)).await
    {
        assert_eq!(frame.unwrap().decode(Version::V14), Ok(heartbeat(next)));
        next += 1;
    }
    assert_eq!(next, 1000);
    writer.await.unwrap().unwrap();
}

#[test]
fn a_stream_that_ends_within_a_frame_or_is_none_is_an_error() {
    let mut codec = FrameCodec::default();
    let mut bytes = BytesMut::from(&[0, 0, 0, 4, 0, 0][..]);
    assert!(matches!(codec.decode(&mut bytes), Ok(None)));
    assert!(matches!(
        codec.decode_eof(&mut bytes),
        Err(CodecError::Frame(_))
    ));
    let mut codec = FrameCodec::default();
    let mut bytes = BytesMut::from(&b"GET / HTTP/1.1\r\n"[..]);
    assert!(matches!(
        codec.decode(&mut bytes),
        Err(CodecError::Frame(_))
    ));
}
